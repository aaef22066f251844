import { isReadWhole, type XeroEntity } from '../records/xeroEntities';
import { runsADay } from './nextRunAt';
import { SWEEP_EVERY_DAYS, sweepsByItself } from './nextKind';
import { PAGE_SIZE } from './pageSize';
import type { Stream } from './Stream';

export interface Estimate {
	readonly callsADay: number;
	readonly bytesADay: number;
}

/** Until a list was read once nobody knows: so much has an answer without records, about. */
const EMPTY_ANSWER_BYTES = 400;

/**
 * What a stream costs in a day once its first run is complete, where little changes: the calls of each run,
 * one for the daily count, and the monthly sweep spread over its days.
 */
export function estimateCalls(
	stream: Pick<Stream, 'entity' | 'plan' | 'known' | 'knownBytes' | 'sweepConfirmed'>,
	now: number,
): Estimate {
	const { entity, plan, known, knownBytes } = stream;
	const runs = runsADay(plan, now);
	const isWhole = isReadWhole(entity);
	const callsARun = callsOfRun(stream);
	const sweeps = !isWhole && sweepsByItself(stream) ? 1 / SWEEP_EVERY_DAYS : 0;
	const counts = entity.list === 'sized' ? 1 : 0;
	const bytesARun = isWhole ? Math.max(EMPTY_ANSWER_BYTES, knownBytes) : EMPTY_ANSWER_BYTES;
	return {
		callsADay: Math.ceil(runs * callsARun + counts + sweeps * pagesOf(entity, known)),
		bytesADay: Math.ceil(runs * bytesARun + counts * EMPTY_ANSWER_BYTES + sweeps * knownBytes),
	};
}

/** Calls of a run that finds little changed. */
export function callsOfRun({ entity, known }: Pick<Stream, 'entity' | 'known'>): number {
	return isReadWhole(entity) ? pagesOf(entity, known) : 1;
}

/** Calls that read the whole list once. */
export function pagesOf({ list }: XeroEntity, known: number): number {
	const size = list === 'whole' || list === 'since' ? Infinity : PAGE_SIZE[list];
	return Math.max(1, Math.ceil(known / size));
}
