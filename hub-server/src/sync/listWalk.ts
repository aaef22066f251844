import { A_SECOND_MS, nextPosition, OVERLAP_MS, wholeSecond } from '../../protocol/xero';

/** Where a walk through a list goes on; plain data, kept between two pages. */
export interface ListPosition {
	/** `If-Modified-Since`: Unix milliseconds of a whole second; absent for everything. */
	readonly since?: number | undefined;
	/** Of what has changed since, from 1. */
	readonly page: number;
	/** Xero's time when the pages began to be read from the last to the first; absent while they are not. */
	readonly backwardFrom?: number | undefined;
	/** Xero's time when pages began to be read from the last to the first before; absent where none were. */
	readonly readBackFrom?: number | undefined;
	/** Xero's time when the walk first read what had only just changed. */
	readonly hotFrom?: number | undefined;
	/** The page before, by its first and last id: Xero may answer the same one for ever. */
	readonly mark?: string | undefined;
}

/** One page as Xero answered it. */
export interface ListPage {
	readonly ids: readonly string[];
	/** When its records changed, Unix milliseconds, in the order of the page; none where Xero tells none. */
	readonly times: readonly number[];
	/** Whether more follow. */
	readonly isFull: boolean;
	/** Pages in all, where the list says so. */
	readonly pageCount?: number | undefined;
	/** Xero's time of the answer, Unix milliseconds; absent where it says none. */
	readonly clockMs?: number | undefined;
}

/** How a walk goes on; `since` is where the next walk begins, undefined where nothing tells Xero's time. */
export type ListStep =
	| { readonly isOver: false; readonly next: ListPosition }
	| { readonly isOver: true; readonly since: number | undefined };

/** The server that stamps a record need not be the one that answers; nobody has measured how far they are apart. */
const CLOCKS_APART_MS = 250;

/** Xero gave a page that it had given before. */
export class RepeatedPageError extends Error {}

/**
 * Walks through a list that changes meanwhile, so that no record is passed over.
 *
 * It goes by key, as `changeCursor` does: each page begins at the time at which the one before ended. Where
 * more records than a page holds changed within one second, only page numbers tell them apart, and a record
 * that changes then would move all behind it one place forward, over the edge of a page that was read
 * already. Such pages are read from the last to the first: what moves forward then moves into pages that
 * are still to be read.
 *
 * What is given twice is recognised by its state. The next walk begins five minutes before this one first
 * read what had only just changed, for a change can become visible a little after its own time.
 *
 * @throws RepeatedPageError
 */
export function stepThroughList(position: ListPosition, page: ListPage): ListStep {
	const mark = markOf(page);
	if (mark !== '' && mark === position.mark && page.isFull) throw new RepeatedPageError();
	const newest = Math.max(0, ...page.times);
	const { clockMs } = page;
	const isHot = clockMs !== undefined && newest > clockMs - OVERLAP_MS;
	const hotFrom = position.hotFrom ?? (isHot ? clockMs : undefined);

	// Nothing moved while the pages were read back: they hold what they held, and need no other reading.
	const wasQuiet = newest < (position.readBackFrom ?? 0) - CLOCKS_APART_MS;

	if (position.backwardFrom !== undefined) {
		if (!page.isFull && wasQuiet) return over(hotFrom ?? clockMs ?? newest);
		if (position.page > 1) {
			return { isOver: false, next: { ...position, page: position.page - 1, hotFrom, mark } };
		}
		const since = Math.max(position.since ?? 0, wholeSecond(position.backwardFrom) - A_SECOND_MS);
		const readBackFrom = position.backwardFrom;
		return { isOver: false, next: { since, page: 1, readBackFrom, hotFrom } };
	}
	// The pages of one second were counted from the first to here: now they are read back.
	if (!page.isFull && position.page > 1 && !wasQuiet) {
		return backward(position.page - 1, position, clockMs ?? newest, hotFrom);
	}
	// What is stamped ahead of Xero's clock (Xero-NetStandard#598) was read back, and would be for ever.
	const isAhead = clockMs !== undefined && page.times.every((at) => at > clockMs);
	if (!page.isFull || (position.readBackFrom !== undefined && isAhead)) {
		return over(hotFrom ?? clockMs ?? newest);
	}

	const next = isInOrder(page.times) ? nextPosition(position, page.times, clockMs) : undefined;
	if (next !== undefined && next.page === 1) {
		const { readBackFrom } = position;
		return { isOver: false, next: { since: next.since, page: 1, readBackFrom, hotFrom } };
	}
	if (page.pageCount !== undefined) {
		return backward(page.pageCount, position, clockMs ?? newest, hotFrom);
	}
	return { isOver: false, next: { ...position, page: position.page + 1, hotFrom, mark } };
}

/**
 * Walks through numbered pages of a list that is read whole each time. A record that moves to a page that was read
 * already is seen by the next run: nothing is concluded from what is not seen.
 *
 * @throws RepeatedPageError
 */
export function stepThroughPages(position: ListPosition, page: ListPage): ListStep {
	const mark = markOf(page);
	if (mark !== '' && mark === position.mark && page.isFull) throw new RepeatedPageError();
	return page.isFull && page.ids.length > 0
		? { isOver: false, next: { page: position.page + 1, mark } }
		: { isOver: true, since: undefined };
}

function backward(
	page: number,
	{ since, readBackFrom }: ListPosition,
	backwardFrom: number,
	hotFrom: number | undefined,
): ListStep {
	return { isOver: false, next: { since, page, backwardFrom, readBackFrom, hotFrom } };
}

/** @param readFrom Xero's time, Unix milliseconds */
function over(readFrom: number): ListStep {
	const settled = readFrom - OVERLAP_MS;
	return { isOver: true, since: settled > 0 ? wholeSecond(settled) : undefined };
}

function markOf({ ids }: ListPage): string {
	return ids.length === 0 ? '' : `${ids[0]} ${ids.at(-1)}`;
}

function isInOrder(times: readonly number[]): boolean {
	return (
		times.length > 0 && times.every((at, index) => index === 0 || at >= (times[index - 1] ?? 0))
	);
}
