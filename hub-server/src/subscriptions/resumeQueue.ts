import type { Transaction } from 'kysely';
import type { WhileUnpublished } from '../../protocol';
import type { Tables } from '../database/tables';
import { cancelQueue } from './joinQueues';
import { OWED } from './owed';
import type { SubscriptionRow } from './subscribe';
import { LEASE } from '../work/lease';

/** n8n deletes and creates at every publishing; nobody means anything by a pause as short as this. */
const SILENT_MS = 10 * 60_000;

/**
 * What waited for a trigger is due now that it is there again, for as long as it was away. After more
 * than ten minutes it is marked, or dropped where the trigger asks for that.
 *
 * @param before the subscription until now
 * @param wish what the trigger asks for now; `events`, `tenant_ids` and `filter` as the columns have them
 * @param now epoch milliseconds
 */
export async function resumeQueue(
	tx: Transaction<Tables>,
	before: SubscriptionRow,
	wish: Pick<SubscriptionRow, 'events' | 'tenant_ids' | 'filter'> & {
		readonly whileUnpublished?: WhileUnpublished | undefined;
	},
	now: number,
): Promise<void> {
	const wasLong = before.parked_at !== null && now - before.parked_at > SILENT_MS;
	if (wasLong && wish.whileUnpublished === 'drop') {
		await cancelQueue(tx, before.id, DROPPED, now);
		return;
	}
	const owed = (status: (typeof OWED)[number]) =>
		tx
			.updateTable('deliveries')
			.where('subscription_id', '=', before.id)
			.where('status', '=', status);
	if (wasLong) {
		for (const status of OWED) await owed(status).set({ waited: 1 }).execute();
	}
	// A type holds for the wish that it was decided by: the claim decides again.
	if (
		before.events !== wish.events ||
		before.tenant_ids !== wish.tenant_ids ||
		before.filter !== wish.filter
	) {
		await owed('pending').set({ type: null, classified: null }).execute();
	}
	if (before.status !== 'active') {
		// What is due already stays as it is: there may be very much of it.
		await owed('pending')
			.set({ next_at: now })
			.where('next_at', '>', now)
			.where(LEASE.isFree(now))
			.execute();
	}
}

/**
 * Ends the leases of whoever pulled before: it is gone, or is told so. What it acknowledges later still counts
 * where nobody else has it by then.
 */
export async function releasePulled(
	tx: Transaction<Tables>,
	subscriptionId: string,
	now: number,
): Promise<void> {
	await tx
		.updateTable('deliveries')
		.set({ lease_until: now, next_at: now })
		.where('subscription_id', '=', subscriptionId)
		.where('status', '=', 'pending')
		.where('next_at', '>', now)
		.execute();
}

const DROPPED = 'The workflow was unpublished, and its trigger drops what comes meanwhile.';
