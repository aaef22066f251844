import type { Invoice } from '../../world/Books';
import type { Cents } from '../../world/decimal';

export function amountPaidOf(invoice: Invoice): Cents {
	return invoice.payments.reduce((paid, { amount }) => paid + amount, 0);
}

/** Nothing is owed on a document that was taken back. */
export function amountDueOf(invoice: Invoice): Cents {
	if (invoice.status === 'VOIDED' || invoice.status === 'DELETED') return 0;
	return invoice.totals.total - amountPaidOf(invoice) - invoice.amountCredited;
}
