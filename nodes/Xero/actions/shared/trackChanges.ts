import type { IDataObject } from 'n8n-workflow';

import {
	advance,
	resumeAt,
	stateOf,
	updatedAt,
	type ChangeCursor,
} from '../../records/changeCursor';
import type { OperationRun } from './OperationRun';
import type { ListQuery } from './readMany';
import type { XeroCollection } from './XeroCollection';

export interface ChangeTracker {
	/** The list to read: from where the last run ended. */
	readonly list: ListQuery;
	/** Those of a page that no run has given out, up to `room`. */
	fresh(page: readonly IDataObject[], room: number): readonly IDataObject[];
	/** Call when the list was read without a refusal. */
	finish(): void;
}

/**
 * Reads a list as changes since the last run. The first run reads what the filters say. With a limit,
 * the oldest changes come first, so that the next run takes the next ones.
 *
 * @param cursors collects where the lists of this run ended; another list of the same run goes on from there
 */
export function trackChanges(
	run: OperationRun,
	{ path, idField, paging }: XeroCollection,
	tenantId: string,
	wish: ListQuery,
	cursors: Map<string, ChangeCursor>,
): ChangeTracker {
	const key = [tenantId, path, JSON.stringify(wish.query), wish.ids.join(',')].join(' ');
	const cursor = cursors.get(key) ?? run.memory().read(key);
	const seen = new Set(cursor?.seen);
	const given: string[] = [];
	const isLimited = Number.isFinite(wish.limit);
	const query =
		isLimited && paging !== 'none' && wish.query.order !== undefined
			? { ...wish.query, order: 'UpdatedDateUTC ASC' }
			: wish.query;
	return {
		list: {
			...wish,
			query,
			limit: wish.limit + seen.size,
			ifModifiedSince: cursor === undefined ? wish.ifModifiedSince : resumeAt(cursor),
		},
		fresh(page, room) {
			// Lists that Xero gives whole, and those that it cannot sort, come in an order of their own.
			const inOrder = isLimited ? [...page].sort((a, b) => updatedAt(a) - updatedAt(b)) : page;
			const fresh = inOrder.filter((record) => !seen.has(stateOf(record, idField))).slice(0, room);
			for (const record of fresh) {
				const state = stateOf(record, idField);
				seen.add(state);
				given.push(state);
			}
			return fresh;
		},
		finish() {
			const moved = advance(cursor, given);
			if (moved !== undefined) cursors.set(key, moved);
		},
	};
}
