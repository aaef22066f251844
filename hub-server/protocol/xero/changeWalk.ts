import {
	advance,
	condense,
	isGiven,
	nextPosition,
	resumeAt,
	stateOf,
	updatedAt,
	type ChangeCursor,
	type ChangePosition,
} from './changeCursor';
import type { XeroRecord } from './XeroRecord';

/** A walk through the changes of one list, between two of its pages. */
export interface ChangeWalk {
	/** What the next page is asked for. */
	readonly position: ChangePosition;
	/** Everything up to here was given out, before the walk and in it. */
	readonly cursor?: ChangeCursor;
	/** How many more records may be given out; `Infinity` for all. */
	readonly room: number;
	/** Where the walk began. */
	readonly begin?: ChangeCursor;
}

/** How a list is walked. */
export interface WalkedList {
	/** Such as `InvoiceID`. */
	readonly idField: string;
	/** Whether Xero gives it oldest change first; else page by page in an order of its own. */
	readonly isInOrderOfChange: boolean;
}

/** One page as Xero answered it. */
export interface ChangePage<R extends XeroRecord> {
	readonly records: readonly R[];
	/** Whether no page follows. */
	readonly isLast: boolean;
	/** Xero's time of the answer, in Unix milliseconds; absent where it says none. */
	readonly clockMs?: number;
}

/** What a page gave out, and how the walk goes on. */
export type WalkStep<R extends XeroRecord> =
	| { readonly isOver: false; readonly given: readonly R[]; readonly walk: ChangeWalk }
	/** The cursor to keep; absent where nothing was given out in the whole walk. */
	| { readonly isOver: true; readonly given: readonly R[]; readonly cursor?: ChangeCursor };

/**
 * Begins where an earlier walk ended, or at everything.
 *
 * @param room how many records may be given out; `Infinity` for all
 */
export function beginWalk(begin: ChangeCursor | undefined, room: number): ChangeWalk {
	const since = begin === undefined ? undefined : resumeAt(begin);
	return { position: { since, page: 1 }, cursor: begin, room, begin };
}

/** Gives out what of a page no walk has given out before, oldest change first. */
export function takePage<R extends XeroRecord>(
	{ position, cursor, room, begin }: ChangeWalk,
	{ records, isLast, clockMs }: ChangePage<R>,
	{ idField, isInOrderOfChange }: WalkedList,
): WalkStep<R> {
	const fresh = freshOf(records, { cursor, begin }, idField);
	const given = fresh.slice(0, room);
	const left = room - given.length;
	const moved = advance(
		cursor,
		given.map((record) => stateOf(record, idField)),
		clockMs,
	);
	if (isLast || left <= 0) {
		if (moved === undefined || moved === begin) return { isOver: true, given };
		const isComplete = isLast && given.length === fresh.length;
		return { isOver: true, given, cursor: condense(moved, isComplete) };
	}
	const next = isInOrderOfChange
		? nextPosition(position, records.map(updatedAt), clockMs)
		: { ...position, page: position.page + 1 };
	return { isOver: false, given, walk: { position: next, cursor: moved, room: left, begin } };
}

/** Oldest change first: lists that Xero gives whole come in an order of their own. */
function freshOf<R extends XeroRecord>(
	records: readonly R[],
	{ cursor, begin }: Pick<ChangeWalk, 'cursor' | 'begin'>,
	idField: string,
): R[] {
	const seen = new Set(cursor?.seen);
	const since = begin === undefined ? 0 : resumeAt(begin);
	return [...records]
		.sort((a, b) => updatedAt(a) - updatedAt(b))
		.filter((record) => !isGiven(cursor, seen, record, idField) && !isOlder(record, since));
}

/**
 * Of what Xero tells the making only (bank transfers), a change cannot be told from one that was given
 * out already: it would come again in every walk.
 */
function isOlder(record: XeroRecord, since: number): boolean {
	const made = updatedAt(record);
	return record['UpdatedDateUTC'] === undefined && made > 0 && made < since;
}
