import type { Stream, SyncRun } from './Stream';

/** How far a run is that is under way. */
export interface RunProgress {
	readonly seen: number;
	/** Records of the list; null where Xero does not say it. */
	readonly total: number | null;
	/** Records a second, on the average since it began; null while it waits or has only begun. */
	readonly perSecond: number | null;
	/** Null where nobody can tell. */
	readonly secondsLeft: number | null;
}

/** A rate of less than this says nothing. */
const FIRST_RATE_MS = 1_000;

/**
 * @param run the stream's last one
 * @returns null while none is under way
 */
export function runProgress(
	{ runId, total }: Pick<Stream, 'runId' | 'total'>,
	run: Pick<SyncRun, 'id' | 'seen' | 'startedAt' | 'status'> | null,
	now: number,
): RunProgress | null {
	if (run === null || run.id !== runId) return null;
	// A list that changes meanwhile gives some records twice.
	const seen = total === null ? run.seen : Math.min(run.seen, total);
	const elapsed = now - run.startedAt;
	const isTelling = run.status === 'running' && elapsed >= FIRST_RATE_MS && run.seen > 0;
	const perSecond = isTelling ? run.seen / (elapsed / 1000) : null;
	const isSure = perSecond !== null && total !== null;
	return {
		seen,
		total,
		perSecond: perSecond === null ? null : Math.round(perSecond * 10) / 10,
		secondsLeft: isSure ? Math.ceil((total - seen) / perSecond) : null,
	};
}
