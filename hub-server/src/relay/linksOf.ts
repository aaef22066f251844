import type { Kysely } from 'kysely';
import type { RelayedEvent } from '../../protocol';
import { inChunks } from '../database/inChunks';
import type { Tables } from '../database/tables';
import type { StoredEvent } from '../events/StoredEvent';
import { recordId } from '../records/FoundRecord';
import { entityOfCategory } from '../records/xeroEntities';

export type EventLinks = NonNullable<RelayedEvent['links']>;

type Told = Pick<StoredEvent, 'workspaceId' | 'tenantId' | 'category' | 'resourceId'>;

/**
 * What the records of events are in other systems, all of them looked up at once.
 *
 * @returns by {@link linkKey}; those without a link are absent
 */
export async function linksOf(
	db: Kysely<Tables>,
	events: readonly Told[],
): Promise<ReadonlyMap<string, EventLinks>> {
	const links = new Map<string, Array<EventLinks[number]>>();
	const asked = new Map(
		events.flatMap((event) =>
			entityOfCategory(event.category) === undefined ? [] : [[linkKey(event), event] as const],
		),
	);
	for (const chunk of inChunks([...asked.values()])) {
		const rows = await db
			.selectFrom('links')
			.select(['workspace_id', 'tenant_id', 'entity', 'xero_id', 'system', 'external_id'])
			.where('workspace_id', 'in', [...new Set(chunk.map(({ workspaceId }) => workspaceId))])
			.where('tenant_id', 'in', [...new Set(chunk.map(({ tenantId }) => tenantId.toLowerCase()))])
			.where('entity', 'in', [...new Set(chunk.flatMap(entitiesOf))])
			.where('xero_id', 'in', [...new Set(chunk.map(({ resourceId }) => recordId(resourceId)))])
			.orderBy('system')
			.execute();
		for (const row of rows) {
			// Xero says neither invoice nor bill of either.
			const entity = row.entity === 'bill' ? 'invoice' : row.entity;
			const key = keyOf(row.workspace_id, row.tenant_id, entity, row.xero_id ?? '');
			const known = links.get(key) ?? [];
			known.push({ system: row.system, externalId: row.external_id });
			links.set(key, known);
		}
	}
	return links;
}

export function linkKey({ workspaceId, tenantId, category, resourceId }: Told): string {
	const entity = entityOfCategory(category)?.entity ?? '';
	return keyOf(workspaceId, tenantId.toLowerCase(), entity, recordId(resourceId));
}

function keyOf(workspaceId: string, tenantId: string, entity: string, xeroId: string): string {
	return JSON.stringify([workspaceId, tenantId, entity, xeroId]);
}

function entitiesOf({ category }: Told): readonly string[] {
	const entity = entityOfCategory(category)?.entity ?? '';
	return entity === 'invoice' ? ['invoice', 'bill'] : [entity];
}
