import type { DeliveryStatus } from '../database/tables';

/** Which deliveries a replay repeats; absent: every event that its subscription asks for. */
export type RepeatFilter = 'dead' | 'undelivered' | 'delivered' | 'cancelled';

/** A delivery of one event to one subscription. */
export interface PastDelivery {
	readonly id: string;
	readonly status: DeliveryStatus;
}

export type Repeat =
	/** @param of the delivery that it repeats; undefined where there was none */
	| { readonly kind: 'again'; readonly of: string | undefined }
	/** It is under way already: sooner, not twice. */
	| { readonly kind: 'sooner'; readonly id: string; readonly isWaiting: boolean }
	| { readonly kind: 'no' };

/**
 * Whether an event goes to a subscription once more.
 *
 * `undelivered` is whatever never ended as delivered and is not under way; the other filters ask how it
 * ended last, so that what was sent again since is not sent a third time.
 *
 * @param past oldest first
 */
export function decideRepeat(past: readonly PastDelivery[], filter?: RepeatFilter): Repeat {
	const last = past.at(-1);
	const underWay = past.find(({ status }) => status === 'pending' || status === 'waiting');
	if (underWay) {
		if (filter !== undefined) return { kind: 'no' };
		return { kind: 'sooner', id: underWay.id, isWaiting: underWay.status === 'waiting' };
	}
	const isMeant =
		filter === undefined ||
		(filter === 'undelivered'
			? past.every(({ status }) => status !== 'delivered')
			: last?.status === filter);
	return isMeant ? { kind: 'again', of: last?.id } : { kind: 'no' };
}
