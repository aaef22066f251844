import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import { recordId } from '../records/FoundRecord';
import type { EventCause } from '../subscriptions/EventCause';
import { causeOf, type ReadEvent } from './causeOf';

/** An event, and the record that it is about. */
export interface JudgedEvent extends ReadEvent {
	readonly workspaceId: string;
	readonly tenantId: string;
	readonly category: string;
	readonly resourceId: string;
}

/**
 * Which events tell what calls of the proxy wrote, by the event's id; what an event has told explains no other
 * from then on.
 */
export async function findCauses(
	tx: Transaction<Tables>,
	events: readonly JudgedEvent[],
): Promise<ReadonlyMap<string, EventCause>> {
	const causes = new Map<string, EventCause>();
	const byOrganisation = Map.groupBy(
		events.filter(({ version }) => version !== null),
		({ workspaceId, tenantId, category }) => `${workspaceId} ${tenantId} ${category}`,
	);
	for (const group of byOrganisation.values()) {
		const [{ workspaceId, tenantId, category }] = group as [JudgedEvent];
		const rows = await tx
			.selectFrom('written_records as r')
			.innerJoin('proxied_writes as w', 'w.id', 'r.write_id')
			.select(['r.xero_id', 'r.version', 'r.members', 'r.event_id'])
			.select(['w.workflow', 'w.node', 'w.system', 'w.push_id as pushId', 'w.creates'])
			.where('r.workspace_id', '=', workspaceId)
			.where('r.tenant_id', '=', tenantId)
			.where('r.category', '=', category)
			.where('r.xero_id', 'in', [...new Set(group.map(({ resourceId }) => recordId(resourceId)))])
			.execute();
		for (const event of group) {
			const own = rows.filter((row) => row.xero_id === recordId(event.resourceId));
			const found = causeOf(
				event,
				own.map((row) => ({
					version: row.version,
					cause: {
						workflow: row.workflow,
						node: row.node,
						system: row.system,
						pushId: row.pushId,
					},
					creates: row.creates === 1,
					members: row.members === null ? null : (JSON.parse(row.members) as string[]),
					eventId: row.event_id,
				})),
			);
			if (found === undefined) continue;
			causes.set(event.id, found.cause);
			const told = own.find((row) => row.version === found.told);
			if (told === undefined || told.event_id === event.id) continue;
			told.event_id = event.id;
			await tx
				.updateTable('written_records')
				.set({ event_id: event.id })
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', '=', tenantId)
				.where('category', '=', category)
				.where('xero_id', '=', told.xero_id)
				.where('version', '=', told.version)
				.execute();
		}
	}
	return causes;
}

/** A cause as `events` keeps it. */
export function causeColumns(cause: EventCause | null) {
	if (cause === null) return { caused_by: null, caused_surely: 0 };
	const { isSure, ...who } = cause;
	return { caused_by: JSON.stringify(who), caused_surely: isSure ? 1 : 0 };
}
