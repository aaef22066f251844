import {
	A_SECOND_MS,
	advance,
	catchUp,
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
	/** Whether a page of this time has given something out. */
	readonly hasGiven: boolean;
	/** Set while the pages of one time are read a second time, from the last to the first. */
	readonly wayBack?: WayBack;
}

interface WayBack {
	/** Where the walk goes on afterwards; absent where it is over then. */
	readonly then?: ChangePosition;
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
	/** The cursor to keep; absent where it is the one that the walk began with. */
	| { readonly isOver: true; readonly given: readonly R[]; readonly cursor?: ChangeCursor };

/**
 * Begins where an earlier walk ended, or at everything.
 *
 * @param room how many records may be given out; `Infinity` for all
 */
export function beginWalk(begin: ChangeCursor | undefined, room: number): ChangeWalk {
	const since = begin === undefined ? undefined : resumeAt(begin);
	return { position: { since, page: 1 }, cursor: begin, room, begin, hasGiven: false };
}

/** Gives out what of a page no walk has given out before, oldest change first. */
export function takePage<R extends XeroRecord>(
	walk: ChangeWalk,
	page: ChangePage<R>,
	list: WalkedList,
): WalkStep<R> {
	const { cursor, room, begin } = walk;
	const fresh = freshOf(page.records, walk, list.idField);
	const given = fresh.slice(0, room);
	const left = room - given.length;
	const advanced = advance(
		cursor,
		given.map((record) => stateOf(record, list.idField)),
		reachOf(walk, page, list),
	);
	const next = left <= 0 ? undefined : onward(walk, page, list, given.length > 0);
	const hasReturned = walk.wayBack !== undefined && next?.wayBack === undefined;
	const catchesUp = left > 0 && (hasReturned || next === undefined);
	const moved = catchesUp ? catchUp(advanced, caughtUpTo(page, next?.position)) : advanced;
	if (next !== undefined) {
		return { isOver: false, given, walk: { begin, ...next, cursor: moved, room: left } };
	}
	if (moved === undefined || moved === begin) return { isOver: true, given };
	const isComplete = left > 0 || (isWhole(walk, page) && given.length === fresh.length);
	const allUntil = isComplete ? moved.until : givenUntil(walk, page, list, moved);
	return { isOver: true, given, cursor: condense(moved, allUntil) };
}

/**
 * How far a page moves the cursor at most: while one second is read page by page, a later walk still begins
 * before it.
 */
function reachOf(
	{ position, wayBack }: ChangeWalk,
	{ clockMs = Infinity }: ChangePage<XeroRecord>,
	{ isInOrderOfChange }: WalkedList,
): number {
	const { since, page } = position;
	const isWithinSecond = wayBack !== undefined || (isInOrderOfChange && page > 1);
	return isWithinSecond && since !== undefined ? Math.min(clockMs, since + A_SECOND_MS) : clockMs;
}

/**
 * How far the cursor catches up after a way back, and at the end: no further than where the walk goes on, or what was given
 * out there by an earlier walk would be forgotten before it is read again. Unix milliseconds.
 */
function caughtUpTo(
	{ clockMs = Infinity }: ChangePage<XeroRecord>,
	then: ChangePosition | undefined,
): number {
	return then?.since === undefined ? clockMs : Math.min(clockMs, then.since + A_SECOND_MS);
}

/** Whether the page is all that has changed. */
function isWhole({ position, wayBack }: ChangeWalk, { isLast }: ChangePage<XeroRecord>): boolean {
	return position.page === 1 && wayBack === undefined && isLast;
}

/** Up to when everything was given out, though the room ran out; Unix milliseconds. */
function givenUntil(
	{ position, wayBack }: ChangeWalk,
	{ isLast }: ChangePage<XeroRecord>,
	{ isInOrderOfChange }: WalkedList,
	{ until }: ChangeCursor,
): number {
	const isFirst = position.page === 1 && wayBack === undefined;
	return isFirst && (isLast || isInOrderOfChange) ? until - 1 : (position.since ?? 0);
}

/**
 * How the walk goes on after this page; `undefined` where it is over.
 *
 * A record that changes while one second is read page by page goes to the end of the list. Those behind
 * it move up by one, and the first of the next page is read by nobody. So these pages are read once more,
 * from the last to the first: a record moves up only, so none gets past. Not where nothing was new up to
 * the end of the list: what changed meanwhile would be new there.
 */
function onward(
	{ position, wayBack, hasGiven }: ChangeWalk,
	{ records, isLast, clockMs }: ChangePage<XeroRecord>,
	{ isInOrderOfChange }: WalkedList,
	isGiving: boolean,
): Pick<ChangeWalk, 'position' | 'hasGiven' | 'wayBack'> | undefined {
	const { since, page } = position;
	const before = { since, page: page - 1 };
	if (wayBack !== undefined) {
		if (page > 1) return { position: before, hasGiven: true, wayBack };
		return wayBack.then && { position: wayBack.then, hasGiven: false };
	}
	if (!isInOrderOfChange) {
		return isLast ? undefined : { position: { since, page: page + 1 }, hasGiven: false };
	}
	const then = isLast ? undefined : nextPosition(position, records.map(updatedAt), clockMs);
	const isSameTime = then !== undefined && then.page > 1;
	const given = hasGiven || isGiving;
	if (isSameTime) return { position: then, hasGiven: given };
	if (page > 1 && (given || then !== undefined)) {
		return { position: before, hasGiven: given, wayBack: { then } };
	}
	return then && { position: then, hasGiven: false };
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
