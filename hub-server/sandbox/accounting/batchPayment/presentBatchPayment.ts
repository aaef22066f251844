import { dateString, msDateTime } from '../../resource/xeroDate';
import type { Account, Books } from '../../world/Books';
import { toNumber } from '../../world/decimal';
import type { BatchPayment } from '../../world/Payment';
import type { Element } from '../../writing/readElements';
import { presentNamedInvoice } from '../credit/presentAllocation';
import { documentOf } from '../payment/paidDocument';
import { paymentsOfBatch } from './paymentsOfBatch';

/** A batch with its payments; a deleted one has none left. */
export function presentBatchPayment(books: Books, batch: BatchPayment): Element {
	const account = books.accounts.get(batch.accountId) as Account;
	return {
		Account: { AccountID: account.id, ...currencyOf(account) },
		...batch.fields,
		BatchPaymentID: batch.id,
		DateString: dateString(batch.dateMs),
		Date: msDateTime(batch.dateMs),
		Payments: paymentsOfBatch(books, batch.id).map((payment) => ({
			Invoice: presentNamedInvoice(documentOf(books, payment).row),
			PaymentID: payment.id,
			Amount: toNumber(payment.amount, 2),
			BankAmount: toNumber(payment.bankAmount, 2),
			...(payment.reference !== undefined && { Reference: payment.reference }),
			...payment.fields,
		})),
		Type: batch.type,
		Status: batch.status,
		TotalAmount: toNumber(batch.totalAmount, 2),
		UpdatedDateUTC: msDateTime(batch.updatedMs),
		IsReconciled: batch.isReconciled,
	};
}

function currencyOf({ fields }: Account): Element {
	const { CurrencyCode } = fields;
	return CurrencyCode === undefined ? {} : { CurrencyCode };
}
