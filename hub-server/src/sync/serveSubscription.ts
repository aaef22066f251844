import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { overdueDaysOf, type SubscriptionFilter } from '../../protocol';
import { findEntity } from '../records/xeroEntities';
import { beginOverdueMark } from './overdueMarks';
import { USUAL_PLAN } from './startingStreams';
import type { StreamStore } from './streamStore';

/** What a subscription asks of syncs. */
export interface ServedWish {
	readonly events: readonly string[];
	/** Empty: all organisations. */
	readonly tenantIds: readonly string[];
	readonly filter: SubscriptionFilter | null;
}

/**
 * Makes the streams of what a subscription names, in the organisations that it is about and that have their
 * sync on. Those that are there stay as they are, switched off too.
 *
 * @param at epoch milliseconds: what becomes overdue from then on is told
 */
export async function serveSubscription(
	db: Kysely<Tables>,
	streams: Pick<StreamStore, 'create'>,
	workspaceId: string,
	{ events, tenantIds, filter }: ServedWish,
	at: number,
): Promise<void> {
	const entities = new Set(
		events.flatMap((type) => findEntity(type.slice(0, type.lastIndexOf('.'))) ?? []),
	);
	if (entities.size === 0) return;
	const days = overdueDaysOf({ events, filter });
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
	for (const connection of connections) {
		const scopes = connection.scope.split(' ');
		for (const entity of entities) {
			if (entity.scope !== undefined && !scopes.includes(entity.scope)) continue;
			const wish = { plan: USUAL_PLAN, enabled: true, tellExisting: false };
			const { id } = await streams.create(connection, entity, wish);
			if (days !== undefined && entity.category === 'INVOICE') {
				await beginOverdueMark(db, id, { days, at });
			}
		}
	}
}
