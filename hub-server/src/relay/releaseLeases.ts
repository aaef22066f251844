import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { LEASE, RECORD_LEASE } from '../work/lease';

/**
 * Gives back what a process had claimed that is gone, so that a start need not wait for its leases to
 * run out. For an embedded ledger, which belongs to one hub at a time, before that hub claims anything:
 * then every lease is of a process that is gone.
 *
 * @param now epoch milliseconds: what was being sent or read is due then
 */
export async function releaseLeases(db: Kysely<Tables>, now: number): Promise<void> {
	await db
		.updateTable('deliveries')
		.set({ ...LEASE.free, next_at: now })
		.where('lease_id', 'is not', null)
		.where('status', '=', 'pending')
		// Whoever pulled is no process of the hub's, and works on.
		.where('subscription_id', 'not in', (e) =>
			e.selectFrom('subscriptions').select('subscriptions.id').where('delivery', '=', 'pull'),
		)
		.execute();
	await db
		.updateTable('events')
		.set({ ...RECORD_LEASE.free, record_next_at: now })
		.where('record_state', '=', 'needed')
		.where('record_lease_id', 'is not', null)
		.execute();
	await db
		.updateTable('sync_streams')
		.set({ ...LEASE.free, next_at: now })
		.where('lease_id', 'is not', null)
		.execute();
	await db
		.updateTable('pushes')
		.set({ ...LEASE.free, next_at: now })
		.where('lease_id', 'is not', null)
		.execute();
}
