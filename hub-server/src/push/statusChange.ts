import type { XeroRecord } from '../../protocol/xero';
import type { LinkedEntity } from '../links/Link';
import type { Closed } from './closedMembers';

/** What is sent so that a record gets the status that the other system says. */
export type StatusChange =
	| { readonly kind: 'send'; readonly status: string }
	/** Xero has it, or sets it by itself. */
	| { readonly kind: 'nothing' }
	| ({ readonly kind: 'refused' } & Closed);

/**
 * A status as Xero takes it after another (xero-facts §6.6). Taking a document back is another status before
 * approval than after; PAID comes by payments alone.
 */
export function statusChange(
	entity: LinkedEntity,
	xero: XeroRecord,
	wanted: unknown,
): StatusChange {
	const to = String(wanted).trim().toUpperCase();
	const from = String(xero['Status'] ?? '').toUpperCase();
	if (!WITH_APPROVAL.has(entity)) {
		return from === to ? { kind: 'nothing' } : { kind: 'send', status: to };
	}
	if (from === to || (from === 'PAID' && to === 'AUTHORISED')) return { kind: 'nothing' };
	if (to === 'PAID') {
		return from === 'AUTHORISED'
			? {
					kind: 'refused',
					reason: 'Xero sets PAID by itself once payments cover the total.',
					nextStep: 'Push the payments.',
				}
			: { kind: 'send', status: 'AUTHORISED' };
	}
	const isBefore = from === 'DRAFT' || from === 'SUBMITTED';
	if (to === 'VOIDED' || to === 'DELETED') {
		if (isBefore) return { kind: 'send', status: 'DELETED' };
		if (from === 'AUTHORISED') return { kind: 'send', status: 'VOIDED' };
		return {
			kind: 'refused',
			reason: 'Xero voids no document that has payments or credits against it.',
			nextStep: 'Undo the push of its payments, or remove them in Xero, then push again.',
		};
	}
	if (isBefore) return { kind: 'send', status: to };
	return {
		kind: 'refused',
		reason: `Xero does not take a document back from ${from} to ${to}.`,
		nextStep: 'Void it and push a new one, or take over what Xero has.',
	};
}

const WITH_APPROVAL: ReadonlySet<LinkedEntity> = new Set([
	...(['invoice', 'bill', 'credit_note'] as const),
]);
