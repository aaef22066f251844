import type { ApiCall } from '../../resource/ApiResource';
import type { Invoice, InvoicePayment } from '../../world/Books';
import type { Cents } from '../../world/decimal';
import { amountDueOf } from '../amounts/invoiceAmounts';
import { settledStatus } from '../amounts/settledStatus';

/** Keeps an invoice after a payment or credit came or went: paid when nothing is due any more. */
export function settleInvoice(
	call: ApiCall,
	invoice: Invoice,
	change: { readonly payments?: readonly InvoicePayment[]; readonly amountCredited?: Cents },
): Invoice {
	const changed: Invoice = { ...invoice, ...change, updatedMs: call.nowMs };
	const settled: Invoice = {
		...changed,
		status: settledStatus(changed.status, amountDueOf(changed)),
	};
	call.transaction.put(call.books.invoices, settled, {
		category: 'INVOICE',
		type: 'UPDATE',
		resource: 'Invoices',
		resourceId: settled.id,
	});
	return settled;
}
