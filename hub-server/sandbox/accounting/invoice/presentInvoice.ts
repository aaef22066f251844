import { dateString, msDateTime, utcString } from '../../resource/xeroDate';
import type { Books, Contact, Invoice } from '../../world/Books';
import { toNumber } from '../../world/decimal';
import type { Element } from '../../writing/readElements';
import { amountDueOf, amountPaidOf } from '../amounts/invoiceAmounts';
import { presentContact, presentContactInDocument } from '../contact/presentContact';
import type { DocumentDetail } from '../document/DocumentDetail';
import { presentLine } from '../document/presentLine';
import { presentPaymentInDocument } from '../document/presentPaymentInDocument';
import { presentAppliedCredits } from './presentAppliedCredits';

export function presentInvoice(books: Books, invoice: Invoice, detail: DocumentDetail): Element {
	const { totals, fields } = invoice;
	const contact = books.contacts.get(invoice.contactId) as Contact;
	const isDiscounted = invoice.lines.some((line) =>
		Boolean(line.discountRate ?? line.discountAmount),
	);

	return {
		Type: invoice.type,
		InvoiceID: invoice.id,
		InvoiceNumber: invoice.number,
		Reference: fields['Reference'] ?? '',
		Payments: invoice.payments.map(presentPaymentInDocument),
		CreditNotes: presentAppliedCredits(books, invoice, 'CreditNote'),
		Prepayments: presentAppliedCredits(books, invoice, 'Prepayment'),
		Overpayments: presentAppliedCredits(books, invoice, 'Overpayment'),
		AmountDue: toNumber(amountDueOf(invoice), 2),
		AmountPaid: toNumber(amountPaidOf(invoice), 2),
		AmountCredited: toNumber(invoice.amountCredited, 2),
		...(isDiscounted && { TotalDiscount: toNumber(totals.totalDiscount, 2) }),
		SentToContact: invoice.sentToContact,
		CurrencyRate: invoice.currencyRate / 1_000_000,
		HasErrors: false,
		IsDiscounted: isDiscounted,
		HasAttachments: books.files.get(invoice.id) !== undefined,
		...(detail.level !== 'summary' && { InvoiceAddresses: [] }),
		Contact:
			detail.level === 'one'
				? presentContact(books, contact, 'full', detail.nowMs)
				: presentContactInDocument(contact),
		...day('Date', invoice.dateMs, true),
		...day('DueDate', invoice.dueDateMs, true),
		...day('ExpectedPaymentDate', invoice.expectedPaymentDateMs, false),
		...day('PlannedPaymentDate', invoice.plannedPaymentDateMs, false),
		...(fields['BrandingThemeID'] !== undefined && { BrandingThemeID: fields['BrandingThemeID'] }),
		...(fields['Url'] !== undefined && { Url: fields['Url'] }),
		Status: invoice.status,
		LineAmountTypes: invoice.lineAmountTypes,
		LineItems:
			detail.level === 'summary'
				? []
				: invoice.lines.map((line) => presentLine(books, line, detail.unitPlaces)),
		SubTotal: toNumber(totals.subTotal, 2),
		TotalTax: toNumber(totals.totalTax, 2),
		Total: toNumber(totals.total, 2),
		...(detail.level === 'one' && roundingOf(invoice)),
		UpdatedDateUTC: msDateTime(invoice.updatedMs),
		UpdatedDateUTCString: utcString(invoice.updatedMs),
		CurrencyCode: invoice.currencyCode,
		...fullyPaidOn(books, invoice),
	};
}

/** "Not returned when listing invoices" (xero-node 20). */
function roundingOf({ roundingAmount, enteredTotal }: Invoice): Element {
	return {
		...(roundingAmount !== undefined && { RoundingAmount: toNumber(roundingAmount, 2) }),
		...(enteredTotal !== undefined && { EnteredTotal: toNumber(enteredTotal, 2) }),
	};
}

function fullyPaidOn(books: Books, invoice: Invoice): Element {
	if (invoice.status !== 'PAID') return {};
	const uses = [...invoice.payments, ...books.allocations.group('invoice', invoice.id)];
	return {
		FullyPaidOnDate: msDateTime(Math.max(invoice.dateMs, ...uses.map(({ dateMs }) => dateMs))),
	};
}

function day(name: string, ms: number | undefined, withString: boolean): Element {
	if (ms === undefined) return {};
	return { ...(withString && { [`${name}String`]: dateString(ms) }), [name]: msDateTime(ms) };
}
