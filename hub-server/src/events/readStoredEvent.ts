import type { Selectable } from 'kysely';
import type { Tables } from '../database/tables';
import { readOverdue } from '../subscriptions/Overdue';
import type { EventCause } from '../subscriptions/EventCause';
import type { StoredEvent } from './StoredEvent';

/** An event's row in the hub's words. */
export function readStoredEvent(row: Selectable<Tables['events']>): StoredEvent {
	const original = JSON.parse(row.original) as Record<string, unknown>;
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		tenantId: row.tenant_id,
		category: row.category,
		change: row.change,
		resourceId: row.resource_id,
		resourceUrl: row.resource_url,
		occurredAt: row.occurred_at,
		receivedAt: row.received_at,
		source: row.source,
		original,
		overdue: readOverdue(row.source, original),
		recordState: row.record_state,
		record: readStoredRecord(row.record),
		sameAs: row.same_as,
		types: readStoredTypes(row.types),
		difference:
			row.changed === null
				? undefined
				: {
						changed: JSON.parse(row.changed) as string[],
						previous: JSON.parse(row.previous ?? '{}') as Record<string, unknown>,
					},
		cause: readEventCause(row),
	};
}

/** @param row the columns `caused_by` and `caused_surely` */
export function readEventCause(
	row: Pick<Selectable<Tables['events']>, 'caused_by' | 'caused_surely'>,
): StoredEvent['cause'] {
	if (row.caused_by === null) return null;
	// Rows of before there were pushes name none.
	const {
		workflow,
		node,
		system = null,
		pushId = null,
	} = JSON.parse(row.caused_by) as Pick<EventCause, 'workflow' | 'node'> & Partial<EventCause>;
	return { workflow, node, system, pushId, isSure: row.caused_surely === 1 };
}

/** @param record the column `events.record` */
export function readStoredRecord(record: string | null): StoredEvent['record'] {
	return record === null ? undefined : (JSON.parse(record) as Record<string, unknown>);
}

/** @param types the column `events.types` */
export function readStoredTypes(types: string | null): StoredEvent['types'] {
	return types === null ? [] : (JSON.parse(types) as string[]);
}
