import type { ApiCall } from '../../resource/ApiResource';
import type { Account } from '../../world/Books';
import type { BatchPayment, Payment } from '../../world/Payment';
import { randomGuid } from '../../world/random';
import { isObject, type Element } from '../../writing/readElements';
import { checkLocks } from '../document/checkLocks';
import { readDate, todayOf } from '../document/readDate';
import { readStoredFields } from '../document/readStoredFields';
import { paymentAccount } from '../payment/paymentAccount';
import { paymentTypeOf } from '../payment/paymentType';
import { savePayment } from '../payment/savePayment';

export type SavedBatchPayment =
	| { readonly ok: true; readonly batch: BatchPayment }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Pays several invoices or several bills out of one account, all of them or none. */
export function saveBatchPayment(call: ApiCall, element: Element): SavedBatchPayment {
	const messages: string[] = [];
	const account = paymentAccount(call, element['Account'], messages);
	const dateMs = readDate(element, 'Date', undefined, messages) ?? todayOf(call.nowMs);
	checkLocks(call, undefined, { dateMs }, messages);
	const sent = Array.isArray(element['Payments']) ? element['Payments'].filter(isObject) : [];
	if (sent.length === 0) messages.push('One or more Payments must be specified');
	if (messages.length > 0 || account === undefined) return { ok: false, messages };

	const batchPaymentId = randomGuid(call.context.random);
	const payments = sent.flatMap((payment) => {
		const saved = savePayment(call, ofBatch(payment, account, dateMs), batchPaymentId);
		if (saved.ok) return [saved.payment];
		messages.push(...saved.messages);
		return [];
	});
	const type = typeOf(call, payments);
	if (messages.length === 0 && type === undefined) {
		messages.push('All payments of a Batch Payment must be for invoices, or all for bills');
	}
	if (messages.length > 0 || type === undefined) {
		return { ok: false, messages: [...new Set(messages)] };
	}

	const batch: BatchPayment = {
		id: batchPaymentId,
		updatedMs: call.nowMs,
		type,
		accountId: account.id,
		dateMs,
		totalAmount: payments.reduce((sum, { amount }) => sum + amount, 0),
		status: 'AUTHORISED',
		isReconciled: false,
		fields: readStoredFields(element, FIELDS, undefined),
	};
	call.transaction.put(call.books.batchPayments, batch);
	return { ok: true, batch };
}

const FIELDS = ['Reference', 'Particulars', 'Code', 'Details', 'Narrative'];

/** The account and the day are the batch's, whatever its payments say. */
function ofBatch(payment: Element, account: Account, dateMs: number): Element {
	const day = new Date(dateMs).toISOString().slice(0, 10);
	return { ...payment, Account: { AccountID: account.id }, Date: day };
}

function typeOf(call: ApiCall, payments: readonly Payment[]): BatchPayment['type'] | undefined {
	const types = new Set(payments.map((payment) => paymentTypeOf(call.books, payment)));
	if (types.size !== 1) return undefined;
	if (types.has('ACCRECPAYMENT')) return 'RECBATCH';
	return types.has('ACCPAYPAYMENT') ? 'PAYBATCH' : undefined;
}
