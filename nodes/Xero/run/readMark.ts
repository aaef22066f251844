import type { ChangeCursor } from '../../../hub-server/protocol/xero';

/** When what an incremental read gave out counts as read. */
export type CountAsRead = 'workflowSucceeded' | 'confirmed' | 'nodeFinished';

/** An execution of the workflow, and the first one of which it is a retry; usually both are the same. */
export interface ExecutionName {
	readonly id: string;
	readonly origin: string;
}

export type ExecutionEnding =
	| 'succeeded'
	| 'failed'
	/** Still running, or waiting to go on. */
	| 'unfinished'
	/** n8n has no record of it. */
	| 'unknown';

/** How far the incremental reads of one list have come; plain data, kept between runs. */
export interface ReadMark {
	/** Everything up to here counts as read. */
	readonly settled?: ChangeCursor;
	/** What an execution gave out beyond, until it is known whether that counts. */
	readonly pending?: { readonly cursor: ChangeCursor; readonly execution: ExecutionName };
}

/** Where a read begins: an execution that reads twice goes on from its own first read. */
export function startOf(mark: ReadMark, current: ExecutionName): ChangeCursor | undefined {
	return mark.pending?.execution.id === current.id ? mark.pending.cursor : mark.settled;
}

/** The mark once it is known how the execution of its pending read ended. */
export function settle(mark: ReadMark, ending: ExecutionEnding): ReadMark {
	if (mark.pending === undefined) return mark;
	if (ending === 'succeeded') return { settled: mark.pending.cursor };
	return ending === 'failed' ? { settled: mark.settled } : mark;
}

/**
 * The mark after an execution has read up to `cursor`. A read of another execution that is still
 * pending is given up: this one began before it, so its records came again.
 */
export function leave(
	mark: ReadMark,
	cursor: ChangeCursor,
	current: ExecutionName,
	countAsRead: CountAsRead,
): ReadMark {
	return countAsRead === 'nodeFinished'
		? { settled: cursor }
		: { settled: mark.settled, pending: { cursor, execution: current } };
}

/**
 * The mark after an execution said that it has dealt with what it read; `undefined` where it has
 * left none. A retry speaks for the execution that it retries.
 */
export function confirm({ pending }: ReadMark, current: ExecutionName): ReadMark | undefined {
	return pending?.execution.origin === current.origin ? { settled: pending.cursor } : undefined;
}
