import type { ApiCall } from '../../resource/ApiResource';
import type { Invoice } from '../../world/Books';
import type { Allocation, Credit } from '../../world/Credit';
import { parseDecimal } from '../../world/decimal';
import { randomGuid } from '../../world/random';
import { isObject, type Element } from '../../writing/readElements';
import { remainingCreditOf } from '../amounts/creditAmounts';
import { amountDueOf } from '../amounts/invoiceAmounts';
import { checkLocks } from '../document/checkLocks';
import { readDate, todayOf } from '../document/readDate';
import { creditKinds, isSalesCredit } from '../settling/creditKinds';
import { keepCredit } from '../settling/keepCredit';
import { settleInvoice } from '../settling/settleInvoice';

export type Allocated =
	| { readonly ok: true; readonly allocation: Allocation }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Uses some of a credit for an invoice or bill of the same contact. */
export function allocate(call: ApiCall, credit: Credit, element: Element): Allocated {
	const messages: string[] = [];
	const invoice = invoiceOf(call, element);
	const amount = parseDecimal(element['Amount'], 2) ?? 0;
	const dateMs = readDate(element, 'Date', undefined, messages) ?? todayOf(call.nowMs);
	checkLocks(call, undefined, { dateMs }, messages);
	if (amount <= 0) messages.push('The Amount of an Allocation must be greater than zero');
	if (invoice === undefined) {
		messages.push('An existing Invoice with the specified InvoiceID could not be found');
		return { ok: false, messages };
	}
	messages.push(...checkAllocation(call, credit, invoice, amount));
	if (messages.length > 0) return { ok: false, messages };

	const allocation: Allocation = {
		id: randomGuid(call.context.random),
		updatedMs: call.nowMs,
		creditKind: credit.kind,
		creditId: credit.id,
		invoiceId: invoice.id,
		amount,
		dateMs,
	};
	call.transaction.put(call.books.allocations, allocation);
	settleInvoice(call, invoice, { amountCredited: invoice.amountCredited + amount });
	keepCredit(call, credit, 'UPDATE');
	return { ok: true, allocation };
}

/**
 * Takes an allocation back: the invoice owes the amount again, the credit has it again.
 *
 * @returns why it cannot be taken back; empty when it was
 */
export function removeAllocation(
	call: ApiCall,
	credit: Credit,
	allocation: Allocation,
): readonly string[] {
	const messages: string[] = [];
	checkLocks(call, allocation, undefined, messages);
	if (messages.length > 0) return messages;
	const invoice = call.books.invoices.get(allocation.invoiceId) as Invoice;
	call.transaction.remove(call.books.allocations, allocation.id);
	settleInvoice(call, invoice, { amountCredited: invoice.amountCredited - allocation.amount });
	keepCredit(call, credit, 'UPDATE');
	return [];
}

function checkAllocation(
	call: ApiCall,
	credit: Credit,
	invoice: Invoice,
	amount: number,
): string[] {
	const { label } = creditKinds[credit.kind];
	const messages: string[] = [];
	if (credit.status !== 'AUTHORISED' && credit.status !== 'PAID') {
		messages.push(`${label} must be authorised before it can be allocated`);
	}
	if (invoice.status === 'PAID') {
		messages.push('The invoice you are trying to allocate to has already been paid off');
	} else if (invoice.status !== 'AUTHORISED') {
		messages.push(`${label} can only be allocated to Authorised documents`);
	}
	if (isSalesCredit(credit.type) !== (invoice.type === 'ACCREC')) {
		messages.push(`${label} cannot be allocated to an incorrect invoice type`);
	}
	if (credit.contactId !== invoice.contactId) {
		messages.push(`The ContactID of the ${label} and of the Invoice do not match`);
	}
	if (credit.currencyCode !== invoice.currencyCode) {
		messages.push(`${label} cannot be allocated to an invoice in another currency`);
	}
	if (amount > Math.min(remainingCreditOf(call.books, credit), amountDueOf(invoice))) {
		messages.push(`${label} cannot be allocated as amount is greater than amount outstanding`);
	}
	return messages;
}

function invoiceOf(call: ApiCall, element: Element): Invoice | undefined {
	const named = isObject(element['Invoice']) ? element['Invoice'] : {};
	const { InvoiceID: id, InvoiceNumber: number } = named;
	if (typeof id === 'string') return call.books.invoices.get(id.toLowerCase());
	if (typeof number !== 'string') return undefined;
	return call.books.invoices.find('salesNumber', number.trim().toLowerCase());
}
