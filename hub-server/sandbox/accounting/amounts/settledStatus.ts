import type { InvoiceStatus } from '../../world/Books';
import type { Cents } from '../../world/decimal';

/** An approved document with nothing left of it is paid; one with something left is not. */
export function settledStatus(status: InvoiceStatus, left: Cents): InvoiceStatus {
	if (status !== 'AUTHORISED' && status !== 'PAID') return status;
	return left === 0 ? 'PAID' : 'AUTHORISED';
}
