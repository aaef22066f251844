import { QuotaReachedError } from '../errors/requestErrors';
import { readSubscription } from '../subscriptions/readSubscription';
import { serveSubscription, type ServeSubscriptionDeps } from './serveSubscription';
import { STARTING_STREAMS } from './startingStreams';
import type { StreamStore } from './streamStore';

/**
 * Makes the streams that start by themselves, once for each organisation that is connected and has its sync
 * on: the usual ones, and those that subscriptions ask for, as far as the workspace may have them. Several
 * processes may do so at once.
 *
 * @param at epoch milliseconds
 * @returns how many organisations it was for; there may be more
 */
export async function beginStreams(
	deps: ServeSubscriptionDeps & { readonly streams: Pick<StreamStore, 'create' | 'count'> },
	at: number,
): Promise<number> {
	const { db, streams, workspaceLimits } = deps;
	const fresh = await db
		.selectFrom('connections')
		.select(['id', 'workspace_id as workspaceId', 'tenant_id as tenantId'])
		.where('sync_enabled', '=', 1)
		.where('sync_begun', '=', 0)
		.limit(ORGANISATIONS_A_ROUND)
		.execute();
	for (const connection of fresh) {
		const { syncs } = await workspaceLimits.of(connection.workspaceId);
		const room = Math.max(0, syncs - (await streams.count(connection.workspaceId)));
		for (const { entity, everySeconds } of STARTING_STREAMS.slice(0, room)) {
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
			await serveSubscription(deps, connection.workspaceId, readSubscription(wish), at).catch(
				(cause: unknown) => {
					// The organisation works without; its page says how many there may be.
					if (!(cause instanceof QuotaReachedError)) throw cause;
				},
			);
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
