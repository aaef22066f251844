import { dateString, msDateTime, utcString } from '../../resource/xeroDate';
import type { Books, Contact } from '../../world/Books';
import type { Credit } from '../../world/Credit';
import { toNumber } from '../../world/decimal';
import type { Element } from '../../writing/readElements';
import { allocationsOf, paymentsOfDocument, remainingCreditOf } from '../amounts/creditAmounts';
import { presentContact, presentContactInDocument } from '../contact/presentContact';
import type { DocumentDetail } from '../document/DocumentDetail';
import { presentLine } from '../document/presentLine';
import { presentPaymentInDocument } from '../document/presentPaymentInDocument';
import { creditKinds } from '../settling/creditKinds';
import { presentAllocation } from './presentAllocation';

/** A credit note, prepayment or overpayment. */
export function presentCredit(books: Books, credit: Credit, detail: DocumentDetail): Element {
	const { totals, fields } = credit;
	const contact = books.contacts.get(credit.contactId) as Contact;
	return {
		[creditKinds[credit.kind].idField]: credit.id,
		...(credit.kind === 'CreditNote' && { CreditNoteNumber: credit.number }),
		ID: credit.id,
		Type: credit.type,
		Reference: fields['Reference'] ?? '',
		...(credit.kind === 'Prepayment' && { InvoiceNumber: credit.number }),
		...(credit.kind === 'CreditNote' && { SentToContact: credit.sentToContact }),
		CurrencyRate: credit.currencyRate / 1_000_000,
		RemainingCredit: toNumber(remainingCreditOf(books, credit), 2),
		Allocations: allocationsOf(books, credit).map((held) => presentAllocation(books, held)),
		Payments: paymentsOfDocument(books, credit.id).map(presentPaymentInDocument),
		HasAttachments: books.files.get(credit.id) !== undefined,
		Contact:
			detail.level === 'one'
				? presentContact(books, contact, 'full', detail.nowMs)
				: presentContactInDocument(contact),
		DateString: dateString(credit.dateMs),
		Date: msDateTime(credit.dateMs),
		...(credit.dueDateMs !== undefined && {
			DueDateString: dateString(credit.dueDateMs),
			DueDate: msDateTime(credit.dueDateMs),
		}),
		...(fields['BrandingThemeID'] !== undefined && { BrandingThemeID: fields['BrandingThemeID'] }),
		Status: credit.status,
		LineAmountTypes: credit.lineAmountTypes,
		LineItems:
			detail.level === 'summary'
				? []
				: credit.lines.map((line) => presentLine(books, line, detail.unitPlaces)),
		SubTotal: toNumber(totals.subTotal, 2),
		TotalTax: toNumber(totals.totalTax, 2),
		Total: toNumber(totals.total, 2),
		UpdatedDateUTC: msDateTime(credit.updatedMs),
		UpdatedDateUTCString: utcString(credit.updatedMs),
		CurrencyCode: credit.currencyCode,
		...(credit.kind === 'CreditNote' && fullyPaidOn(books, credit)),
	};
}

function fullyPaidOn(books: Books, credit: Credit): Element {
	if (credit.status !== 'PAID') return {};
	const uses = [...allocationsOf(books, credit), ...paymentsOfDocument(books, credit.id)];
	return {
		FullyPaidOnDate: msDateTime(Math.max(credit.dateMs, ...uses.map(({ dateMs }) => dateMs))),
	};
}
