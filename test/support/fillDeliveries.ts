import { sql, type Kysely } from 'kysely';
import { newId } from '../../hub-server/src/database/newId';
import type { Tables } from '../../hub-server/src/database/tables';

/** Many deliveries of one event that wait for their time, put into the ledger at once. */
export async function fillDeliveries(
	db: Kysely<Tables>,
	wanted: {
		readonly workspaceId: string;
		readonly subscriptionId: string;
		readonly count: number;
		/** Epoch milliseconds. */
		readonly nextAt: number;
	},
): Promise<void> {
	const { workspaceId, subscriptionId, count, nextAt } = wanted;
	const eventId = newId(nextAt);
	await db
		.insertInto('events')
		.values({
			id: eventId,
			workspace_id: workspaceId,
			tenant_id: '11111111-1111-4111-8111-111111111111',
			category: 'CONTACT',
			change: 'updated',
			resource_id: eventId,
			resource_url: '',
			event_date_utc: '2026-11-02T09:00:00.123',
			occurred_at: nextAt,
			received_at: nextAt,
			source: 'webhook',
			payload_id: null,
			original: '{}',
			record_state: 'not_needed',
			record: null,
			record_attempt: 0,
			record_next_at: null,
			record_lease_id: null,
			record_lease_until: null,
		})
		.execute();
	await sql`
		with recursive one (n) as (select 1 union all select n + 1 from one where n < ${count})
		insert into deliveries (
			id, workspace_id, event_id, subscription_id, replay_of, status, type, classified,
			attempt, next_at, created_at
		)
		select ${eventId} || '-' || n, ${workspaceId}, ${eventId}, ${subscriptionId}, ${eventId},
			'pending', 'contact.updated', 1, 0, ${nextAt}, ${nextAt}
		from one`.execute(db);
}
