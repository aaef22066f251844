import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { readSubscription } from '../subscriptions/readSubscription';
import { serveSubscription } from './serveSubscription';
import { STARTING_STREAMS } from './startingStreams';
import type { StreamStore } from './streamStore';

/**
 * Makes the streams that start by themselves, once for each organisation that is connected and has its sync
 * on: the usual ones, and those that subscriptions ask for. Several processes may do so at once.
 *
 * @param at epoch milliseconds
 * @returns how many organisations it was for; there may be more
 */
export async function beginStreams(
	db: Kysely<Tables>,
	streams: Pick<StreamStore, 'create'>,
	at: number,
): Promise<number> {
	const fresh = await db
		.selectFrom('connections')
		.select(['id', 'workspace_id as workspaceId', 'tenant_id as tenantId'])
		.where('sync_enabled', '=', 1)
		.where('sync_begun', '=', 0)
		.limit(ORGANISATIONS_A_ROUND)
		.execute();
	for (const connection of fresh) {
		for (const { entity, everySeconds } of STARTING_STREAMS) {
			const plan = { everySeconds };
			await streams.create(connection, entity, { plan, enabled: true, tellExisting: false });
		}
		const wishes = await db
			.selectFrom('subscriptions')
			.selectAll()
			.where('workspace_id', '=', connection.workspaceId)
			.where('status', 'in', ['active', 'parked'])
			.execute();
		for (const wish of wishes) {
			await serveSubscription(db, streams, connection.workspaceId, readSubscription(wish), at);
		}
		await db
			.updateTable('connections')
			.set({ sync_begun: 1 })
			.where('id', '=', connection.id)
			.execute();
	}
	return fresh.length;
}

const ORGANISATIONS_A_ROUND = 50;
