import type { Invoice, InvoiceStatus } from '../../world/Books';
import { amountPaidOf } from '../amounts/invoiceAmounts';

/** Statuses that the API may set, from each. PAID comes about by itself. */
const TRANSITIONS: Readonly<Record<InvoiceStatus, readonly InvoiceStatus[]>> = {
	DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
	SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
	AUTHORISED: ['AUTHORISED', 'VOIDED'],
	PAID: ['PAID', 'AUTHORISED'],
	VOIDED: [],
	DELETED: [],
};
const AT_CREATION: readonly InvoiceStatus[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED'];

/** Why the status cannot be had, in Xero's words; undefined when it can. */
export function checkTransition(
	before: Invoice | undefined,
	wanted: InvoiceStatus,
): string | undefined {
	if (before === undefined) {
		return statusesAfter(undefined).includes(wanted)
			? undefined
			: 'Invoice not of valid status for creation';
	}
	const hasCredit = amountPaidOf(before) + before.amountCredited > 0;
	if (wanted === 'VOIDED' && hasCredit) {
		return 'The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.';
	}
	return statusesAfter(before.status).includes(wanted)
		? undefined
		: 'Invoice not of valid status for modification';
}

/** What the API may set after a status, or at creation; credit notes have the same. */
export function statusesAfter(before: InvoiceStatus | undefined): readonly InvoiceStatus[] {
	return before === undefined ? AT_CREATION : TRANSITIONS[before];
}

/** The transitions and the statuses themselves, for reading a request. */
export function isInvoiceStatus(value: unknown): value is InvoiceStatus {
	return typeof value === 'string' && Object.hasOwn(TRANSITIONS, value);
}
