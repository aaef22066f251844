import type { FoundRecord } from '../records/FoundRecord';
import { judgeRecord, type Judgement } from '../records/judgeRecord';
import type { RecordState } from '../records/recordStates';

/** What a record is to a repair, which looks for changes that nobody told. */
export interface JudgedMissed {
	readonly judgement: Judgement;
	/**
	 * It is seen for the first time by somebody who tells: whether the change made the record or moved it, nothing
	 * shows.
	 */
	readonly isFirstSight: boolean;
}

/**
 * What a record that changed in a gap is to what was known of it. Where every change before the gap had been
 * told, it is what it is to any run. Where that is not so, a state alone says nothing: the first run of a stream
 * stores and tells nothing, and it may have read what nobody has told.
 *
 * @param options.baselineAt when every record was first known; null while that is not so
 * @param options.since when the gap began, epoch milliseconds
 */
export function judgeMissed(
	known: Pick<RecordState, 'version' | 'updatedAt' | 'hash' | 'isDeleted' | 'told'> | undefined,
	found: FoundRecord,
	{ baselineAt, since }: { readonly baselineAt: number | null; readonly since: number },
): JudgedMissed {
	const judgement = judgeRecord(known, found);
	const asFound = { judgement, isFirstSight: false };
	if (found.updatedAt === null || (baselineAt !== null && baselineAt <= since)) return asFound;
	const version = String(found.updatedAt);
	const firstSight = { judgement: { kind: 'updated' as const, version }, isFirstSight: true };
	if (judgement.kind === 'created') {
		return known === undefined && baselineAt === null ? firstSight : asFound;
	}
	if (judgement.kind !== 'same' || known?.told?.at === found.updatedAt) return asFound;
	return firstSight;
}
