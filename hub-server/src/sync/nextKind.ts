import type { SyncKind } from '../database/tables';
import { isReadWhole } from '../records/xeroEntities';
import type { Stream } from './Stream';

/** Sweeps of a longer list wait until somebody has agreed to what they cost. */
export const SWEEPS_UNASKED_UP_TO = 20_000;

export const SWEEP_EVERY_DAYS = 30;

const DAY_MS = 24 * 3600_000;

/** Whether the list is read whole from time to time, for what no time of change shows. */
export function sweepsByItself({
	known,
	sweepConfirmed,
}: Pick<Stream, 'known' | 'sweepConfirmed'>): boolean {
	return sweepConfirmed || known <= SWEEPS_UNASKED_UP_TO;
}

/** Which kind of run comes next, where nobody has asked for one. A list that is read whole each time needs no other. */
export function nextKind(
	stream: Pick<
		Stream,
		'entity' | 'baselineAt' | 'sweptAt' | 'noSweepBefore' | 'countedAt' | 'known' | 'sweepConfirmed'
	>,
	now: number,
): SyncKind {
	const { entity, baselineAt, sweptAt, countedAt } = stream;
	if (baselineAt === null || isReadWhole(entity)) return 'delta';
	const isOver = (since: number | null, days: number) =>
		now >= (since ?? baselineAt) + days * DAY_MS;
	const maySweep = sweepsByItself(stream) && now >= (stream.noSweepBefore ?? 0);
	if (maySweep && isOver(sweptAt, SWEEP_EVERY_DAYS)) return 'sweep';
	// Only paged lists tell how many there are.
	return entity.list === 'sized' && isOver(countedAt, 1) ? 'count' : 'delta';
}
