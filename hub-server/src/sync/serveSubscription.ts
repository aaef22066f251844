import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { QuotaReachedError } from '../errors/requestErrors';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';
import { entitiesOf, type EventWish } from './comparedEntities';
import { USUAL_PLAN } from './startingStreams';
import type { StreamStore } from './streamStore';

export interface ServeSubscriptionDeps {
	readonly db: Kysely<Tables>;
	readonly streams: Pick<StreamStore, 'create'>;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'of'>;
}

/**
 * Makes the streams of what a subscription names, in the organisations that it is about and that have their
 * sync on. Those that are there stay as they are, switched off too.
 *
 * @throws QuotaReachedError where they are more than the workspace may have: none is made
 */
export async function serveSubscription(
	{ db, streams, workspaceLimits }: ServeSubscriptionDeps,
	workspaceId: string,
	{ events, tenantIds }: Pick<EventWish, 'events' | 'tenantIds'>,
): Promise<void> {
	const entities = entitiesOf(events);
	if (entities.length === 0) return;
	const connections = await db
		.selectFrom('connections')
		.select(['id', 'workspace_id as workspaceId', 'tenant_id as tenantId'])
		.where('workspace_id', '=', workspaceId)
		.where('sync_enabled', '=', 1)
		.$if(tenantIds.length > 0, (q) =>
			q.where(
				'tenant_id',
				'in',
				tenantIds.map((id) => id.toLowerCase()),
			),
		)
		.execute();
	const held = await db
		.selectFrom('sync_streams')
		.select(['connection_id as connectionId', 'entity'])
		.where('workspace_id', '=', workspaceId)
		.execute();
	const isThere = new Set(held.map(({ connectionId, entity }) => `${connectionId} ${entity}`));
	const absent = connections.flatMap((connection) =>
		entities
			.filter(({ entity }) => !isThere.has(`${connection.id} ${entity}`))
			.map((entity) => ({ connection, entity })),
	);
	if (absent.length === 0) return;
	const { syncs } = await workspaceLimits.of(workspaceId);
	if (held.length + absent.length > syncs) throw new QuotaReachedError('syncs', syncs);
	for (const { connection, entity } of absent) {
		const wish = { plan: USUAL_PLAN, enabled: true, tellExisting: false };
		await streams.create(connection, entity, wish);
	}
}
