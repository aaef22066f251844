import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { overdueDaysOf, type SubscriptionFilter } from '../../protocol';
import { QuotaReachedError } from '../errors/requestErrors';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';
import { entitiesOf, type EventWish } from './comparedEntities';
import { beginOverdueMark } from './overdueMarks';
import { USUAL_PLAN } from './startingStreams';
import type { StreamStore } from './streamStore';

export interface ServeSubscriptionDeps {
	readonly db: Kysely<Tables>;
	readonly streams: Pick<StreamStore, 'create'>;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'of'>;
}

/** What a subscription asks of syncs; no `tenantIds`: all organisations. */
export interface ServedWish extends Pick<EventWish, 'events' | 'tenantIds'> {
	readonly filter: SubscriptionFilter | null;
}

/**
 * Makes the streams of what a subscription names, in the organisations that it is about and that have their
 * sync on. Those that are there stay as they are, switched off too.
 *
 * @param at epoch milliseconds: what becomes overdue from then on is told
 * @throws QuotaReachedError where they are more than the workspace may have: none is made
 */
export async function serveSubscription(
	{ db, streams, workspaceLimits }: ServeSubscriptionDeps,
	workspaceId: string,
	{ events, tenantIds, filter }: ServedWish,
	at: number,
): Promise<void> {
	const entities = entitiesOf(events);
	if (entities.length === 0) return;
	const connections = await db
		.selectFrom('connections as c')
		.innerJoin('grants as g', 'g.id', 'c.grant_id')
		.select(['c.id', 'c.workspace_id as workspaceId', 'c.tenant_id as tenantId', 'g.scope'])
		.where('c.workspace_id', '=', workspaceId)
		.where('c.sync_enabled', '=', 1)
		.$if(tenantIds.length > 0, (q) =>
			q.where(
				'c.tenant_id',
				'in',
				tenantIds.map((id) => id.toLowerCase()),
			),
		)
		.execute();
	const held = await db
		.selectFrom('sync_streams')
		.select(['id', 'connection_id as connectionId', 'entity'])
		.where('workspace_id', '=', workspaceId)
		.execute();
	const keyOf = (connectionId: string, entity: string) => `${connectionId} ${entity}`;
	const heldIds = new Map(
		held.map(({ id, connectionId, entity }) => [keyOf(connectionId, entity), id]),
	);
	const wanted = connections.flatMap((connection) => {
		const scopes = connection.scope.split(' ');
		return entities
			.filter(({ scope, isByConsent }) => isByConsent !== true || scopes.includes(scope))
			.map((entity) => ({
				connection,
				entity,
				heldId: heldIds.get(keyOf(connection.id, entity.entity)),
			}));
	});
	const absent = wanted.filter(({ heldId }) => heldId === undefined);
	if (absent.length > 0) {
		const { syncs } = await workspaceLimits.of(workspaceId);
		if (held.length + absent.length > syncs) throw new QuotaReachedError('syncs', syncs);
	}
	const days = overdueDaysOf({ events, filter });
	const wish = { plan: USUAL_PLAN, enabled: true, tellExisting: false };
	for (const { connection, entity, heldId } of wanted) {
		const id = heldId ?? (await streams.create(connection, entity, wish)).id;
		if (days !== undefined && entity.category === 'INVOICE') {
			await beginOverdueMark(db, id, { days, at });
		}
	}
}
