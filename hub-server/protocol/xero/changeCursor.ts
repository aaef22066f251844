import type { XeroRecord } from './XeroRecord';

/** How far an incremental read has come; plain data, kept between runs. */
export interface ChangeCursor {
	/** Newest change seen, in Unix milliseconds of Xero's clock. */
	readonly until: number;
	/** `id@time` of what was given out after `allUntil` and within the overlap before `until`. */
	readonly seen: readonly string[];
	/** Up to this time everything was given out, though `seen` no longer names it; Unix milliseconds. */
	readonly allUntil?: number;
}

/**
 * Xero asks with whole seconds, and a change can become visible a little after its own time. What is
 * read again within this window is recognised and left out.
 */
export const OVERLAP_MS = 5 * 60_000;

/** What the whole seconds of `If-Modified-Since` cut off, at most. */
export const A_SECOND_MS = 1_000;

/** A bulk change can touch more records than are worth remembering: the overlap is then shorter. */
export const MAX_SEEN = 5_000;

/** Where the next read begins, in Unix milliseconds of a whole second. */
export function resumeAt({ until, allUntil = 0 }: ChangeCursor): number {
	return wholeSecond(Math.max(until - OVERLAP_MS, allUntil));
}

/** What a page of changes is asked for. */
export interface ChangePosition {
	/** Unix milliseconds of a whole second; everything where absent. */
	readonly since?: number;
	/** Of what has changed since, from 1. */
	readonly page: number;
}

/**
 * The page after a full one, in a list that is ordered by change.
 *
 * It begins at a time, not at a number of records: a record that changes while the list is read moves
 * to its end, and page 2 would then begin one record too late. Only where one second fills a page is
 * the next page of that second asked for.
 *
 * @param times when the records of the full page changed, in Unix milliseconds
 * @param clockMs Xero's time of the answer: a stamp beyond it moves nothing
 */
export function nextPosition(
	{ since, page }: ChangePosition,
	times: readonly number[],
	clockMs = Infinity,
): ChangePosition {
	const newest = Math.min(Math.max(0, ...times), clockMs);
	const next = wholeSecond(newest) - A_SECOND_MS;
	return newest > 0 && next > (since ?? -Infinity)
		? { since: next, page: 1 }
		: { since, page: page + 1 };
}

/** `If-Modified-Since` as Xero wants it: UTC, whole seconds. */
export function asModifiedSince(ms: number): string {
	return new Date(ms).toISOString().slice(0, 19);
}

/** The whole second that a time is in, Unix milliseconds: `If-Modified-Since` has no more. */
export function wholeSecond(ms: number): number {
	return Math.floor(ms / 1000) * 1000;
}

/** A record in one state: `id@time`, the same only while nothing changed it. */
export function stateOf(record: XeroRecord, idField: string): string {
	return `${String(record[idField])}@${updatedAt(record)}`;
}

/**
 * Whether a record was given out in this state.
 *
 * @param seen the cursor's, as a set
 */
export function isGiven(
	cursor: ChangeCursor | undefined,
	seen: ReadonlySet<string>,
	record: XeroRecord,
	idField: string,
): boolean {
	const time = updatedAt(record);
	return (time > 0 && time <= (cursor?.allUntil ?? 0)) || seen.has(stateOf(record, idField));
}

/**
 * The cursor after these states were given out; unchanged where there were none.
 *
 * A record can be stamped hours ahead (Xero-NetStandard#598). It is remembered as given, but moves the
 * cursor to Xero's own time only: what changes until then would never be read.
 *
 * @param given as {@link stateOf} writes them, in any order
 * @param clockMs Xero's time of the answer that they were in
 */
export function advance(
	cursor: ChangeCursor | undefined,
	given: readonly string[],
	clockMs = Infinity,
): ChangeCursor | undefined {
	const until = given.reduce(
		(latest, state) => Math.max(latest, Math.min(timeOf(state), clockMs)),
		cursor?.until ?? 0,
	);
	if (given.length === 0 || until === 0) return cursor;
	const from = until - OVERLAP_MS - A_SECOND_MS;
	const seen = [...(cursor?.seen ?? []), ...given].filter((state) => timeOf(state) >= from);
	return { ...cursor, until, seen };
}

/** The cursor moved to the newest change that it names; {@link advance} may have held it back. */
export function catchUp(
	cursor: ChangeCursor | undefined,
	clockMs?: number,
): ChangeCursor | undefined {
	const moved = cursor && advance({ ...cursor, seen: [] }, cursor.seen, clockMs);
	return moved?.until === cursor?.until ? cursor : moved;
}

/**
 * The cursor small enough to be kept: of too many states the oldest are dropped, and everything up to
 * them counts as given.
 *
 * @param givenUntil up to when nothing is left to give, in Unix milliseconds
 */
export function condense(cursor: ChangeCursor, givenUntil: number): ChangeCursor {
	if (cursor.seen.length <= MAX_SEEN) return cursor;
	const newestFirst = [...cursor.seen].sort((a, b) => timeOf(b) - timeOf(a));
	const dropped = newestFirst.slice(MAX_SEEN).find((state) => timeOf(state) <= givenUntil);
	if (dropped === undefined) return cursor;
	const allUntil = timeOf(dropped);
	return { ...cursor, allUntil, seen: newestFirst.filter((state) => timeOf(state) > allUntil) };
}

function timeOf(state: string): number {
	return Number(state.slice(state.lastIndexOf('@') + 1));
}

/**
 * Unix milliseconds of the last change, or of the making where Xero tells no more (bank transfers,
 * journals). Xero writes `/Date(1541176290160+0000)/`.
 */
export function updatedAt(record: XeroRecord): number {
	const date = String(record['UpdatedDateUTC'] ?? record['CreatedDateUTC']);
	return Number(/^\/Date\((-?\d+)/.exec(date)?.[1] ?? 0);
}
