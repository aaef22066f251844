import type { Fields } from '../../query/Field';
import type { Books } from '../../world/Books';
import type { Credit, CreditKind } from '../../world/Credit';
import { toNumber } from '../../world/decimal';
import { textOf } from '../../writing/textOf';
import { remainingCreditOf } from '../amounts/creditAmounts';
import { creditKinds } from '../settling/creditKinds';

/** What a `where` or `order` of credit notes, prepayments and overpayments may name. */
export function creditFields(books: Books, kind: CreditKind): Fields<Credit> {
	const number = kind === 'CreditNote' ? 'CreditNoteNumber' : 'InvoiceNumber';
	return {
		[creditKinds[kind].idField]: { type: 'Guid', get: ({ id }) => id },
		[number]: { type: 'String', get: (credit) => credit.number || undefined },
		Type: { type: 'String', get: ({ type }) => type },
		Status: { type: 'String', get: ({ status }) => status },
		Reference: { type: 'String', get: ({ fields }) => textOf(fields['Reference']) },
		'Contact.ContactID': { type: 'Guid', get: ({ contactId }) => contactId },
		'Contact.Name': { type: 'String', get: (credit) => books.contacts.get(credit.contactId)?.name },
		Date: { type: 'DateTime', get: ({ dateMs }) => dateMs },
		DueDate: { type: 'DateTime', get: ({ dueDateMs }) => dueDateMs },
		UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
		RemainingCredit: {
			type: 'Decimal',
			get: (credit) => toNumber(remainingCreditOf(books, credit), 2),
		},
		SubTotal: { type: 'Decimal', get: ({ totals }) => toNumber(totals.subTotal, 2) },
		TotalTax: { type: 'Decimal', get: ({ totals }) => toNumber(totals.totalTax, 2) },
		Total: { type: 'Decimal', get: ({ totals }) => toNumber(totals.total, 2) },
		CurrencyCode: { type: 'String', get: ({ currencyCode }) => currencyCode },
	};
}
