import { msDateTime } from '../../resource/xeroDate';
import type { InvoicePayment } from '../../world/Books';
import { toNumber } from '../../world/decimal';
import type { Element } from '../../writing/readElements';

/** A payment as the document that it pays shows it. */
export function presentPaymentInDocument(
	payment: InvoicePayment & { readonly currencyRate?: number },
): Element {
	return {
		PaymentID: payment.id,
		Date: msDateTime(payment.dateMs),
		Amount: toNumber(payment.amount, 2),
		...(payment.reference !== undefined && { Reference: payment.reference }),
		CurrencyRate: (payment.currencyRate ?? 1_000_000) / 1_000_000,
		HasAccount: false,
		HasValidationErrors: false,
	};
}
