import type { Transaction } from 'kysely';
import { inChunks } from '../database/inChunks';
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
 * Makes deliveries that wait for their next attempt due now, or the records that they wait for. One that is
 * due already, that is being sent, or whose record is being read, is left alone.
 *
 * @returns the rings for those that are due because of this
 */
export async function bringForward(
	tx: Transaction<Tables>,
	underWay: readonly UnderWay[],
	now: number,
): Promise<readonly Ring[]> {
	const [waiting, pending] = [
		underWay.filter(({ isWaiting }) => isWaiting),
		underWay.filter(({ isWaiting }) => !isWaiting),
	];
	for (const chunk of inChunks(waiting)) {
		await tx
			.updateTable('events')
			.set({ record_next_at: now })
			.where(
				'id',
				'in',
				chunk.map(({ eventId }) => eventId),
			)
			.where('record_state', '=', 'needed')
			.where('record_next_at', '>', now)
			.where(RECORD_LEASE.isFree(now))
			.execute();
	}
	const rings: Ring[] = [];
	for (const chunk of inChunks(pending)) {
		const moved = await tx
			.updateTable('deliveries')
			.set({ next_at: now })
			.where(
				'id',
				'in',
				chunk.map(({ id }) => id),
			)
			.where('status', '=', 'pending')
			.where('next_at', '>', now)
			.where(LEASE.isFree(now))
			.returning(['id', 'attempt'])
			.execute();
		rings.push(...moved.map(({ id, attempt }) => ({ deliveryId: id, attempt: attempt + 1 })));
	}
	return rings;
}
