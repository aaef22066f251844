import type { Selectable } from 'kysely';
import type { Tables } from '../database/tables';
import { findEntity } from '../records/xeroEntities';
import type { Stream, SyncRun } from './Stream';

/** A stream's row in the hub's words. */
export function readStream(row: Selectable<Tables['sync_streams']>): Stream {
	const entity = findEntity(row.entity);
	if (entity === undefined) throw new Error(`This version of the hub has no entity ${row.entity}.`);
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		connectionId: row.connection_id,
		tenantId: row.tenant_id,
		entity,
		enabled: row.enabled === 1,
		plan:
			row.cron !== null && row.time_zone !== null
				? { cron: row.cron, timeZone: row.time_zone }
				: { everySeconds: row.every_seconds ?? 3600 },
		tellExisting: row.tell_existing === 1,
		sweepConfirmed: row.sweep_confirmed === 1,
		since: row.since,
		baselineAt: row.baseline_at,
		runId: row.run_id,
		total: row.run_id === null ? null : totalOf(row.position),
		known: row.known,
		knownBytes: row.known_bytes,
		sweptAt: row.swept_at,
		noSweepBefore: row.no_sweep_before,
		countedAt: row.counted_at,
		failures: row.failures,
		nextAt: row.next_at >= NEVER ? null : row.next_at,
		createdAt: row.created_at,
	};
}

function totalOf(position: string | null): number | null {
	if (position === null) return null;
	const { total } = JSON.parse(position) as { readonly total?: number };
	return total ?? null;
}

/** `next_at` of what is switched off. */
export const NEVER = 9_000_000_000_000_000;

export function readRun(row: Selectable<Tables['sync_runs']>): SyncRun {
	return {
		id: row.id,
		kind: row.kind,
		isBaseline: row.is_baseline === 1,
		status: row.status,
		waitingFor: row.waiting_for,
		resumesAt: row.resumes_at,
		startedAt: row.started_at,
		finishedAt: row.finished_at,
		calls: row.calls,
		bytes: row.bytes,
		seen: row.seen,
		changed: row.changed,
		deleted: row.deleted,
		missing: row.missing,
		error: row.error,
	};
}
