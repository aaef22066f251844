import type { Fields } from '../../query/Field';
import type { Books, Invoice } from '../../world/Books';
import { toNumber } from '../../world/decimal';
import { textOf } from '../../writing/textOf';
import { amountDueOf, amountPaidOf } from '../amounts/invoiceAmounts';

/** What a `where` or `order` of Invoices may name. */
export function invoiceFields(books: Books, filtersByUrl: boolean): Fields<Invoice> {
	const contact = (invoice: Invoice) => books.contacts.get(invoice.contactId);
	return {
		InvoiceID: { type: 'Guid', optimised: 'equality', alternatives: true, get: ({ id }) => id },
		Type: { type: 'String', optimised: 'equality', get: ({ type }) => type },
		Status: { type: 'String', optimised: 'equality', get: ({ status }) => status },
		InvoiceNumber: {
			type: 'String',
			optimised: 'equality',
			get: ({ number }) => number || undefined,
		},
		Reference: {
			type: 'String',
			optimised: 'equality',
			get: ({ fields }) => textOf(fields['Reference']),
		},
		...(filtersByUrl && {
			Url: { type: 'String' as const, get: ({ fields }: Invoice) => textOf(fields['Url']) },
		}),
		'Contact.ContactID': { type: 'Guid', optimised: 'equality', get: ({ contactId }) => contactId },
		'Contact.Name': {
			type: 'String',
			optimised: 'equality',
			get: (invoice) => contact(invoice)?.name,
		},
		'Contact.ContactNumber': {
			type: 'String',
			optimised: 'equality',
			get: (invoice) => contact(invoice)?.number,
		},
		Date: { type: 'DateTime', optimised: 'range', sorts: true, get: ({ dateMs }) => dateMs },
		DueDate: { type: 'DateTime', optimised: 'range', get: ({ dueDateMs }) => dueDateMs },
		ExpectedPaymentDate: {
			type: 'DateTime',
			get: ({ expectedPaymentDateMs }) => expectedPaymentDateMs,
		},
		PlannedPaymentDate: {
			type: 'DateTime',
			get: ({ plannedPaymentDateMs }) => plannedPaymentDateMs,
		},
		UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
		AmountDue: {
			type: 'Decimal',
			optimised: 'range',
			get: (invoice) => toNumber(amountDueOf(invoice), 2),
		},
		AmountPaid: {
			type: 'Decimal',
			optimised: 'equality',
			get: (invoice) => toNumber(amountPaidOf(invoice), 2),
		},
		AmountCredited: { type: 'Decimal', get: ({ amountCredited }) => toNumber(amountCredited, 2) },
		SubTotal: { type: 'Decimal', get: ({ totals }) => toNumber(totals.subTotal, 2) },
		TotalTax: { type: 'Decimal', get: ({ totals }) => toNumber(totals.totalTax, 2) },
		Total: { type: 'Decimal', get: ({ totals }) => toNumber(totals.total, 2) },
		CurrencyCode: { type: 'String', get: ({ currencyCode }) => currencyCode },
		SentToContact: { type: 'Boolean', get: ({ sentToContact }) => sentToContact },
	};
}
