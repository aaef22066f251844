import type { ApiCall } from '../../resource/ApiResource';
import { parseDecimal } from '../../world/decimal';
import type { Payment } from '../../world/Payment';
import { randomGuid } from '../../world/random';
import type { Element } from '../../writing/readElements';
import { checkLocks } from '../document/checkLocks';
import { readDate, todayOf } from '../document/readDate';
import { readStoredFields } from '../document/readStoredFields';
import { namedDocument, outstandingOf, settleDocument } from './paidDocument';
import { paymentAccount } from './paymentAccount';
import { paymentTypeOf } from './paymentType';

export type SavedPayment =
	| { readonly ok: true; readonly payment: Payment }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Pays an invoice or bill, or refunds a credit. A payment is never changed, only deleted. */
export function savePayment(
	call: ApiCall,
	element: Element,
	batchPaymentId?: string,
): SavedPayment {
	const messages: string[] = [];
	const document = namedDocument(call, element);
	const account = paymentAccount(call, element['Account'] ?? { Code: element['Code'] }, messages);
	const dateMs = readDate(element, 'Date', undefined, messages) ?? todayOf(call.nowMs);
	checkLocks(call, undefined, { dateMs }, messages);
	const amount = parseDecimal(element['Amount'], 2) ?? 0;
	if (amount <= 0) messages.push('The payment Amount must be greater than zero');
	if (typeof document === 'string') return { ok: false, messages: [document, ...messages] };

	const isAuthorised = document.row.status === 'AUTHORISED';
	if (!isAuthorised) {
		messages.push('Payments can only be made against Authorised documents');
	}
	// Nothing is outstanding on a draft: it is refused with both sentences (Xero-Net#257, Xero-Java#55, #62).
	if (amount > (isAuthorised ? outstandingOf(call, document) : 0)) {
		messages.push('Payment amount exceeds the amount outstanding on this document');
	}
	if (messages.length > 0 || account === undefined) return { ok: false, messages };

	const payment: Payment = {
		id: randomGuid(call.context.random),
		updatedMs: call.nowMs,
		documentKind: document.kind,
		documentId: document.row.id,
		accountId: account.id,
		dateMs,
		amount,
		bankAmount: parseDecimal(element['BankAmount'], 2) ?? amount,
		currencyRate: rateOf(element) ?? document.row.currencyRate,
		reference: typeof element['Reference'] === 'string' ? element['Reference'] : undefined,
		status: 'AUTHORISED',
		isReconciled: element['IsReconciled'] === true,
		batchPaymentId,
		fields: readStoredFields(
			element,
			batchPaymentId === undefined ? FIELDS : FIELDS_OF_BATCHED,
			undefined,
		),
	};
	keepPayment(call, payment, 'CREATE');
	settleDocument(call, document);
	return { ok: true, payment };
}

const FIELDS = ['BankAccountNumber', 'Particulars', 'Details'];
/** Of a payment alone, `Code` is the account's. */
const FIELDS_OF_BATCHED = [...FIELDS, 'Code'];

/** Keeps a new or deleted payment and raises its event. */
export function keepPayment(call: ApiCall, payment: Payment, change: 'CREATE' | 'UPDATE'): void {
	call.transaction.put(call.books.payments, payment, {
		category: 'PAYMENT',
		type: change,
		resource: 'Payments',
		resourceId: payment.id,
		data: { Type: paymentTypeOf(call.books, payment), Status: payment.status },
	});
}

/** In millionths. */
function rateOf(element: Element): number | undefined {
	const rate = parseDecimal(element['CurrencyRate'], 4);
	if (rate === undefined || rate <= 0) return undefined;
	return Math.round(Number(element['CurrencyRate']) * 1_000_000);
}
