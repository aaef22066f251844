import {
	A_SECOND_MS,
	OVERLAP_MS,
	recordStanding,
	updatedAt,
	type ChangeCursor,
	type XeroRecord,
} from '../../hub-server/protocol/xero';
import { readStates, writeStates, type RecordStates } from './recordStates';

/** How far the changes of one list were told, and what its records were then. */
export interface ListPosition {
	/** As in {@link ChangeCursor}; 0 before anything was seen. */
	readonly until: number;
	/** As in {@link ChangeCursor}. */
	readonly allUntil?: number;
	/** Of the records that changed last. */
	readonly states: RecordStates;
	/** Whether every record of the list has a state, so that one without is new. */
	readonly isWhole: boolean;
}

/** A position as n8n keeps it. */
export interface StoredPosition {
	readonly until: number;
	readonly allUntil?: number;
	readonly isWhole: boolean;
	readonly states: string;
}

/** Where the walk goes on. The states name what was given out, so that nothing is kept twice. */
export function cursorOf({ until, allUntil, states }: ListPosition): ChangeCursor | undefined {
	if (until === 0) return undefined;
	const from = until - OVERLAP_MS - A_SECOND_MS;
	const seen = [...states].flatMap(([id, { at }]) => (at >= from ? [`${id}@${at}`] : []));
	return { until, ...(allUntil !== undefined && { allUntil }), seen };
}

/**
 * The position after these records were read, and told where they were wanted. Of more states than
 * `limit` those that changed longest ago go; within the overlap everything up to them counts as told.
 *
 * @param cursor where the walk ended; absent where it moved nothing
 */
export function advancePosition(
	position: ListPosition,
	{ records, cursor }: { records: readonly XeroRecord[]; cursor?: ChangeCursor },
	{ idField, limit }: { readonly idField: string; readonly limit: number },
): ListPosition {
	const { until, allUntil } = cursor ?? position;
	const states = new Map(position.states);
	for (const record of records) {
		states.set(String(record[idField]), {
			at: updatedAt(record),
			standing: recordStanding(record),
		});
	}
	const dropped = [...states]
		.sort(([, a], [, b]) => a.at - b.at)
		.slice(0, Math.max(0, states.size - limit))
		// Of what changed within a second of it, some may not be told yet.
		.filter(([, { at }]) => at < until - A_SECOND_MS);
	for (const [id] of dropped) states.delete(id);
	const droppedUntil = dropped.at(-1)?.[1].at ?? 0;
	const isWithinOverlap = droppedUntil >= until - OVERLAP_MS - A_SECOND_MS;
	const all = Math.max(allUntil ?? 0, isWithinOverlap ? droppedUntil : 0);
	return {
		until,
		...(all > 0 && { allUntil: all }),
		states,
		isWhole: position.isWhole && dropped.length === 0,
	};
}

/** Whether the record was told in this state, or in a later one. */
export function isTold({ states }: ListPosition, record: XeroRecord, idField: string): boolean {
	const known = states.get(String(record[idField]));
	return known !== undefined && known.at >= updatedAt(record);
}

export function storePosition({ states, ...rest }: ListPosition): StoredPosition {
	return { ...rest, states: writeStates(states) };
}

export function restorePosition({ states, ...rest }: StoredPosition): ListPosition {
	return { ...rest, states: readStates(states) };
}
