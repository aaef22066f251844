import type { ApiCall } from '../../resource/ApiResource';
import type { Books, Invoice } from '../../world/Books';
import type { Credit } from '../../world/Credit';
import type { Cents } from '../../world/decimal';
import type { Payment } from '../../world/Payment';
import { isObject, type Element } from '../../writing/readElements';
import { paymentsOfDocument, remainingCreditOf } from '../amounts/creditAmounts';
import { amountDueOf } from '../amounts/invoiceAmounts';
import { creditKinds } from '../settling/creditKinds';
import { keepCredit } from '../settling/keepCredit';
import { settleInvoice } from '../settling/settleInvoice';
import { isText } from './isText';

/** What a payment is for: an invoice or bill, or a credit that is paid back. */
export type PaidDocument =
	| { readonly kind: 'Invoice'; readonly row: Invoice }
	| { readonly kind: Credit['kind']; readonly row: Credit };

/** The document of a payment that is there. */
export function documentOf(books: Books, payment: Payment): PaidDocument {
	const { documentKind: kind, documentId } = payment;
	return kind === 'Invoice'
		? { kind, row: books.invoices.get(documentId) as Invoice }
		: { kind, row: creditKinds[kind].table(books).get(documentId) as Credit };
}

/** The document that a new payment names, by id or number; or why there is not exactly one. */
export function namedDocument(call: ApiCall, element: Element): PaidDocument | string {
	const kinds = ['Invoice', 'CreditNote', 'Prepayment', 'Overpayment'] as const;
	const named = kinds.flatMap((kind) => {
		const part = isObject(element[kind]) ? element[kind] : {};
		const id = part[`${kind}ID`];
		const number = part[`${kind}Number`] ?? element[`${kind}Number`];
		return isText(id) || isText(number) ? [{ kind, id, number }] : [];
	});
	const [first, second] = named;
	if (first === undefined) {
		return 'A Payment must name an Invoice, CreditNote, Prepayment or Overpayment';
	}
	if (second !== undefined) return 'Payment is applied to more than one document.';
	return find(call, first.kind, first.id, first.number) ?? 'Document could not be found';
}

/** What can still be paid. */
export function outstandingOf(call: ApiCall, { kind, row }: PaidDocument): Cents {
	return kind === 'Invoice' ? amountDueOf(row) : remainingCreditOf(call.books, row);
}

/** Brings a document in line with its payments, after one came or went. */
export function settleDocument(call: ApiCall, { kind, row }: PaidDocument): void {
	if (kind !== 'Invoice') {
		keepCredit(call, row, 'UPDATE');
		return;
	}
	const payments = paymentsOfDocument(call.books, row.id);
	settleInvoice(call, row, {
		payments: payments.map(({ id, dateMs, amount, reference }) => ({
			id,
			dateMs,
			amount,
			reference,
		})),
	});
}

function find(
	call: ApiCall,
	kind: PaidDocument['kind'],
	id: unknown,
	number: unknown,
): PaidDocument | undefined {
	const key = String(isText(id) ? id : number)
		.trim()
		.toLowerCase();
	if (kind === 'Invoice') {
		const { invoices } = call.books;
		const row = isText(id) ? invoices.get(key) : invoices.find('salesNumber', key);
		return row && { kind, row };
	}
	const rows = creditKinds[kind].table(call.books);
	const row = isText(id) ? rows.get(key) : rows.find('salesNumber', key);
	return row && { kind, row };
}
