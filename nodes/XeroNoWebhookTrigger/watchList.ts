import type { IDataObject } from 'n8n-workflow';

import { success, type Outcome } from '../Xero/errors/failure';
import { advancePosition, type ListPosition } from './ListPosition';
import type { ListWatch } from './ListWatch';
import type { ReadChanges } from './readWatchedList';
import { tellChanges, type ToldChange } from './tellChanges';
import type { WatchedList } from './watchedLists';

/** What became of a batch that was handed to n8n. */
export type BatchFate =
	| 'counts'
	/** It comes again: the workflow failed, or n8n could not start it. */
	| 'comesAgain';

export interface WatchDeps {
	readonly list: WatchedList;
	readonly wanted: ReadonlySet<string>;
	/** How many states are kept. */
	readonly limit: number;
	baseline(): Promise<Outcome<ListPosition>>;
	changes(position: ListPosition, room: number): Promise<Outcome<ReadChanges>>;
	/** Starts the workflow, and ends when it is known whether the batch counts as told. */
	emit(changes: readonly ToldChange<IDataObject>[]): Promise<Outcome<BatchFate>>;
	/** Whether the trigger was switched off. */
	isClosed(): boolean;
}

/** Records of one batch at most: an execution of the workflow that n8n can hold and show. */
export const BATCH_SIZE = 250;

/**
 * One round of one list: the baseline, which tells nothing, or everything that changed since, batch by
 * batch. The position moves only past what counts as told. Nothing happens while another round is under
 * way, also one of an earlier activation.
 */
export async function watchList(watch: ListWatch, deps: WatchDeps): Promise<Outcome<BatchFate>> {
	if (watch.isBusy) return success('counts');
	watch.isBusy = true;
	try {
		return await round(watch, deps);
	} finally {
		watch.isBusy = false;
	}
}

async function round(
	watch: ListWatch,
	{ list, wanted, limit, baseline, changes, emit, isClosed }: WatchDeps,
): Promise<Outcome<BatchFate>> {
	const { idField } = list.collection;
	if (watch.position === undefined) {
		const made = await baseline();
		if (!made.ok) return made;
		watch.position = made.value;
		return success('counts');
	}
	for (;;) {
		const position: ListPosition = watch.position;
		const read = await changes(position, BATCH_SIZE);
		if (!read.ok) return read;
		if (isClosed()) return success('counts');
		const told = tellChanges(list, position, read.value.records, wanted);
		if (told.length > 0) {
			const fate = await emit(told);
			if (!fate.ok || fate.value === 'comesAgain') return fate;
		}
		watch.position = advancePosition(position, read.value, { idField, limit });
		if (read.value.records.length < BATCH_SIZE) return success('counts');
	}
}
