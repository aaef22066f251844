import type { ApiCall } from '../../resource/ApiResource';
import { msDateTime, utcString } from '../../resource/xeroDate';
import type { Account } from '../../world/Books';
import { toNumber } from '../../world/decimal';
import type { BatchPayment, Payment } from '../../world/Payment';
import type { Element } from '../../writing/readElements';
import { documentOf } from './paidDocument';
import { paymentTypeOf } from './paymentType';
import { presentPaidDocument } from './presentPaidDocument';

/** `one` shows the whole document; lists show little more than its name. */
export function presentPayment(call: ApiCall, payment: Payment, level: 'one' | 'list'): Element {
	const { books } = call;
	const { accountId, batchPaymentId } = payment;
	const account = accountId === undefined ? undefined : books.accounts.get(accountId);
	const batch = batchPaymentId === undefined ? undefined : books.batchPayments.get(batchPaymentId);
	return {
		PaymentID: payment.id,
		...(batch !== undefined && { BatchPaymentID: batch.id, BatchPayment: presentBatch(batch) }),
		Date: msDateTime(payment.dateMs),
		BankAmount: toNumber(payment.bankAmount, 2),
		Amount: toNumber(payment.amount, 2),
		...(payment.reference !== undefined && { Reference: payment.reference }),
		CurrencyRate: payment.currencyRate / 1_000_000,
		PaymentType: paymentTypeOf(books, payment),
		Status: payment.status,
		UpdatedDateUTC: msDateTime(payment.updatedMs),
		UpdatedDateUTCString: utcString(payment.updatedMs),
		HasAccount: account !== undefined,
		IsReconciled: payment.isReconciled,
		...payment.fields,
		...(account !== undefined && { Account: presentAccount(account, level) }),
		Invoice: presentPaidDocument(call, documentOf(call.books, payment), level),
		HasValidationErrors: false,
	};
}

function presentAccount(account: Account, level: 'one' | 'list'): Element {
	return {
		AccountID: account.id,
		...(account.code !== undefined && { Code: account.code }),
		...(level === 'one' && { Name: account.name }),
	};
}

/** The batch as each of its payments names it. */
function presentBatch(batch: BatchPayment): Element {
	return {
		Account: { AccountID: batch.accountId },
		BatchPaymentID: batch.id,
		Date: msDateTime(batch.dateMs),
		Type: batch.type,
		Status: batch.status,
		TotalAmount: toNumber(batch.totalAmount, 2),
		UpdatedDateUTC: msDateTime(batch.updatedMs),
		IsReconciled: batch.isReconciled,
	};
}
