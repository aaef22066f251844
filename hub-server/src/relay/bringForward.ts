import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import type { Ring } from '../work/Doorbell';
import { LEASE, RECORD_LEASE } from '../work/lease';

/** A delivery that is under way. */
export interface UnderWay {
	readonly id: string;
	readonly eventId: string;
	/** For the record of its event. */
	readonly isWaiting: boolean;
}

/**
 * Makes a delivery that waits for its next attempt due now, or the record that it waits for. One that is
 * being sent, or whose record is being read, is left alone.
 *
 * @returns the ring for it; undefined where it is not due because of this
 */
export async function bringForward(
	tx: Transaction<Tables>,
	{ id, eventId, isWaiting }: UnderWay,
	now: number,
): Promise<Ring | undefined> {
	if (isWaiting) {
		await tx
			.updateTable('events')
			.set({ record_next_at: now })
			.where('id', '=', eventId)
			.where('record_state', '=', 'needed')
			.where(RECORD_LEASE.isFree(now))
			.execute();
		return undefined;
	}
	const moved = await tx
		.updateTable('deliveries')
		.set({ next_at: now })
		.where('id', '=', id)
		.where('status', '=', 'pending')
		.where(LEASE.isFree(now))
		.returning('attempt')
		.executeTakeFirst();
	return moved && { deliveryId: id, attempt: moved.attempt + 1 };
}
