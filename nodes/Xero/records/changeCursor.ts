import type { IDataObject } from 'n8n-workflow';

/** How far an incremental read has come; plain data, kept between runs. */
export interface ChangeCursor {
	/** Newest change seen, in Unix milliseconds of Xero's clock. */
	readonly until: number;
	/** `id@time` of what was seen within the overlap before `until`. */
	readonly seen: readonly string[];
}

/**
 * Xero asks with whole seconds, and a change can become visible a little after its own time. What is
 * read again within this window is recognised and left out.
 */
export const OVERLAP_MS = 5 * 60_000;

/** What the whole seconds of `If-Modified-Since` cut off, at most. */
const A_SECOND_MS = 1_000;

/** A bulk change can touch more records than are worth remembering; some then come twice. */
const MAX_SEEN = 5_000;

/** `If-Modified-Since` for the next read: UTC, whole seconds. */
export function resumeAt({ until }: ChangeCursor): string {
	return new Date(until - OVERLAP_MS).toISOString().slice(0, 19);
}

/** A record in one state: `id@time`, the same only while nothing changed it. */
export function stateOf(record: IDataObject, idField: string): string {
	return `${String(record[idField])}@${updatedAt(record)}`;
}

/**
 * The cursor after these states were given out; unchanged where there were none.
 *
 * @param given as {@link stateOf} writes them, in any order
 */
export function advance(
	cursor: ChangeCursor | undefined,
	given: readonly string[],
): ChangeCursor | undefined {
	const until = given.reduce(
		(latest, state) => Math.max(latest, timeOf(state)),
		cursor?.until ?? 0,
	);
	if (until === 0) return cursor;
	const known = [...(cursor?.seen ?? []), ...given];
	const from = until - OVERLAP_MS - A_SECOND_MS;
	const within = known.filter((state) => timeOf(state) >= from);
	return { until, seen: within.slice(-MAX_SEEN) };
}

function timeOf(state: string): number {
	return Number(state.slice(state.lastIndexOf('@') + 1));
}

/**
 * Unix milliseconds of the last change, or of the making where Xero tells no more (bank transfers,
 * journals). Xero writes `/Date(1541176290160+0000)/`.
 */
export function updatedAt({ UpdatedDateUTC, CreatedDateUTC }: IDataObject): number {
	const date = String(UpdatedDateUTC ?? CreatedDateUTC);
	return Number(/^\/Date\((-?\d+)/.exec(date)?.[1] ?? 0);
}
