import type { Selectable } from 'kysely';
import type { PushItemState, Tables } from '../database/tables';
import type { LinkedEntity } from '../links/Link';
import type { RecordSeal, SealedPlace } from '../records/recordSeals';
import type { Push, PushItem, PushItemDetail, PushOptions } from './Push';

/** A row in the hub's words. */
export function readPush(
	row: Selectable<Tables['pushes']>,
	counts: Partial<Record<PushItemState, number>>,
): Push {
	const isRunning = row.status === 'running';
	return {
		id: row.id,
		kind: row.kind,
		undoOf: row.undo_of,
		tenantId: row.tenant_id,
		system: row.system,
		entity: row.entity as LinkedEntity,
		options: JSON.parse(row.options) as PushOptions,
		dryRun: row.dry_run === 1,
		status: row.status,
		waitingFor: row.waiting_for,
		error: row.error,
		resumesAt: isRunning ? row.next_at : null,
		calls: row.calls,
		cause: { workflow: row.workflow, node: row.node },
		counts,
		createdAt: row.created_at,
		finishedAt: row.finished_at,
	};
}

export function readPushItem(
	row: Omit<Selectable<Tables['push_items']>, 'fields' | 'previous'>,
	seal: RecordSeal,
): PushItem {
	return {
		externalId: row.external_id,
		state: row.state,
		xeroId: row.xero_id,
		change: row.change,
		message: row.message,
		nextStep: row.next_step,
		attempt: row.attempt,
		detail:
			row.detail === null
				? null
				: (seal.openIn(row.detail, itemPlace(row, 'detail')) as PushItemDetail),
	};
}

/** Where a text of a record's is sealed for. */
export function itemPlace(
	row: Pick<Selectable<Tables['push_items']>, 'push_id' | 'position'>,
	column: 'fields' | 'previous' | 'detail',
): SealedPlace {
	return { table: 'push_items', row: `${row.push_id} ${row.position}`, column };
}
