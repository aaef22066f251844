import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { findEntity } from '../records/xeroEntities';
import { USUAL_PLAN } from './startingStreams';
import type { StreamStore } from './streamStore';

/**
 * Makes the streams of what a subscription names, in the organisations that it is about and that have their
 * sync on. Those that are there stay as they are, switched off too.
 *
 * @param tenantIds empty: all organisations
 */
export async function serveSubscription(
	db: Kysely<Tables>,
	streams: Pick<StreamStore, 'create'>,
	workspaceId: string,
	{
		events,
		tenantIds,
	}: { readonly events: readonly string[]; readonly tenantIds: readonly string[] },
): Promise<void> {
	const entities = new Set(
		events.flatMap((type) => findEntity(type.slice(0, type.lastIndexOf('.'))) ?? []),
	);
	if (entities.size === 0) return;
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
	for (const connection of connections) {
		for (const entity of entities) {
			const wish = { plan: USUAL_PLAN, enabled: true, tellExisting: false };
			await streams.create(connection, entity, wish);
		}
	}
}
