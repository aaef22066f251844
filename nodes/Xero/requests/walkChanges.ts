import type { IDataObject } from 'n8n-workflow';

import {
	asModifiedSince,
	beginWalk,
	takePage,
	type ChangeCursor,
} from '../../../hub-server/protocol/xero';
import { success, type Outcome } from '../errors/failure';
import type { ListQuery } from './ListQuery';
import { readPage, type PageReader } from './readPage';
import type { XeroCollection } from './XeroCollection';

export interface WalkedChanges {
	readonly collection: XeroCollection;
	readonly tenantId: string;
	readonly list: ListQuery;
}

/**
 * Reads what of a list changed since `begin`, oldest change first, page by page; everything where there is
 * no beginning, and also what was taken out of use, as the collection's `changes` say. Where the list is in order of change is said by its query, whose `order` is then replaced.
 *
 * @param give takes what no earlier walk has given out; `list.limit` records at most
 * @returns where the read ended; `undefined` if there was nothing to give
 */
export async function walkChanges(
	run: PageReader,
	{ collection, tenantId, list }: WalkedChanges,
	begin: ChangeCursor | undefined,
	give: (records: readonly IDataObject[]) => void,
): Promise<Outcome<ChangeCursor | undefined>> {
	const { idField, paging, changes } = collection;
	const isInOrderOfChange = paging !== 'none' && list.query.order !== undefined;
	const wish: ListQuery = {
		...list,
		query: {
			...changes?.query,
			...list.query,
			...(isInOrderOfChange ? { order: 'UpdatedDateUTC ASC' } : {}),
		},
		limit: list.limit + (begin?.seen.length ?? 0),
	};
	const walked = { idField, isInOrderOfChange };
	let walk = beginWalk(begin, list.limit);
	let before: readonly IDataObject[] | undefined;
	for (;;) {
		const { since, page } = walk.position;
		const ifModifiedSince = since === undefined ? list.ifModifiedSince : asModifiedSince(since);
		const answer = await readPage(
			run,
			collection,
			tenantId,
			{ ...wish, ifModifiedSince },
			{ page, before },
		);
		if (!answer.ok) return answer;
		const step = takePage(walk, answer.value, walked);
		give(step.given);
		if (step.isOver) return success(step.cursor);
		walk = step.walk;
		// A page that begins at another time, or is read a second time, may have the records of the one before.
		const isNextPage = walk.position.since === since && walk.position.page > page;
		before = isNextPage ? answer.value.records : undefined;
	}
}
