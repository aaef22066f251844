import type { Invoice, InvoicePayment } from '../../world/Books';
import type { Cents } from '../../world/decimal';
import { settledStatus } from '../amounts/settledStatus';
import type { AccountingCall } from '../../resource/ApiResource';
import { amountDueOf } from '../amounts/invoiceAmounts';

/** Keeps an invoice after a payment or credit came or went: paid when nothing is due any more. */
export function settleInvoice(
	call: AccountingCall,
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
