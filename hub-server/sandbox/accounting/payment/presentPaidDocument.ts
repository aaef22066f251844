import type { ApiCall } from '../../resource/ApiResource';
import type { Contact } from '../../world/Books';
import type { Credit, CreditType } from '../../world/Credit';
import { toNumber } from '../../world/decimal';
import type { Element } from '../../writing/readElements';
import { paymentsOfDocument, remainingCreditOf } from '../amounts/creditAmounts';
import { presentContactInDocument } from '../contact/presentContact';
import { presentNamedInvoice } from '../credit/presentAllocation';
import { presentCredit } from '../credit/presentCredit';
import type { DocumentDetail } from '../document/DocumentDetail';
import { presentInvoice } from '../invoice/presentInvoice';
import type { PaidDocument } from './paidDocument';

/**
 * The document of a payment, always in the shape of an invoice: a credit note stands there with its own
 * id and number, under `InvoiceID` and `InvoiceNumber`.
 */
export function presentPaidDocument(
	call: ApiCall,
	document: PaidDocument,
	level: 'one' | 'list',
): Element {
	const { kind, row } = document;
	if (level === 'list') {
		const contact = call.books.contacts.get(row.contactId) as Contact;
		return {
			...presentNamedInvoice(row),
			Type: kind === 'Invoice' ? row.type : INVOICE_TYPES[row.type],
			Contact: presentContactInDocument(contact),
		};
	}
	const detail: DocumentDetail = { level: 'page', unitPlaces: 2, nowMs: call.nowMs };
	return kind === 'Invoice'
		? presentInvoice(call.books, row, detail)
		: asInvoice(call, row, presentCredit(call.books, row, detail));
}

function asInvoice(call: ApiCall, credit: Credit, view: Element): Element {
	const refunded = paymentsOfDocument(call.books, credit.id).reduce(
		(sum, { amount }) => sum + amount,
		0,
	);
	return {
		...presentNamedInvoice(credit),
		...Object.fromEntries(IN_BOTH.map((name) => [name, view[name]])),
		Type: INVOICE_TYPES[credit.type],
		AmountDue: toNumber(remainingCreditOf(call.books, credit), 2),
		AmountPaid: toNumber(refunded, 2),
		SentToContact: credit.sentToContact,
	};
}

const IN_BOTH = [
	'Reference',
	'CurrencyRate',
	'Contact',
	'DateString',
	'Date',
	'Status',
	'LineAmountTypes',
	'LineItems',
	'SubTotal',
	'TotalTax',
	'Total',
	'UpdatedDateUTC',
	'UpdatedDateUTCString',
];

const INVOICE_TYPES: Readonly<Record<CreditType, string>> = {
	ACCRECCREDIT: 'ACCRECCREDIT',
	ACCPAYCREDIT: 'ACCPAYCREDIT',
	'RECEIVE-PREPAYMENT': 'ARPREPAYMENT',
	'SPEND-PREPAYMENT': 'APPREPAYMENT',
	'RECEIVE-OVERPAYMENT': 'AROVERPAYMENT',
	'SPEND-OVERPAYMENT': 'APOVERPAYMENT',
};
