import type { IDataObject } from 'n8n-workflow';

import { success, type Outcome } from '../errors/failure';
import { forItem } from '../run/forItem';
import { failed, type ItemOutcome, type OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { listParts } from './listParts';
import type { ListQuery } from './ListQuery';
import { readChanges, type LeftMark } from './readChanges';
import { readPage } from './readPage';
import type { XeroCollection } from './XeroCollection';

export interface ListPlan {
	readonly collection: XeroCollection;
	readonly queryOf: (item: number) => Outcome<ListQuery>;
	readonly present: (record: IDataObject, item: number) => IDataObject;
}

/**
 * Reads a list for each item, page by page; each item has its own filters. How far incremental reads
 * came is written down only when nothing stopped this run.
 */
export async function readMany(run: OperationRun, plan: ListPlan): Promise<OperationResult> {
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => ({
		status: 'untried',
	}));
	const marks = new Map<string, LeftMark>();
	for (let item = 0; item < run.itemCount; item++) {
		const records = await forItem(async () => await readList(run, plan, item, marks));
		outcomes[item] = records.ok
			? { status: 'done', records: records.value }
			: failed(records.failure);
		if (!records.ok && run.stopsAtFirstFailure) return { effect: 'read', outcomes };
	}
	for (const [key, { memory, kept }] of marks) memory.put(key, kept);
	return { effect: 'read', outcomes };
}

async function readList(
	run: OperationRun,
	{ collection, queryOf, present }: ListPlan,
	item: number,
	marks: Map<string, LeftMark>,
): Promise<Outcome<IDataObject[]>> {
	const tenantId = await run.organisationOf(item);
	if (!tenantId.ok) return tenantId;
	const wish = queryOf(item);
	if (!wish.ok) return wish;
	const { limit, countAsRead } = wish.value;

	const given: IDataObject[] = [];
	const give = (records: readonly IDataObject[]) => {
		for (const record of records) given.push(present(record, item));
	};
	for (const part of listParts(collection, wish.value)) {
		const list = { ...part, limit: limit - given.length };
		if (list.limit <= 0) break;
		const read =
			countAsRead === undefined
				? await readPages(run, collection, tenantId.value, list, give)
				: await readChanges(
						run,
						{ collection, tenantId: tenantId.value, list, countAsRead },
						marks,
						give,
					);
		if (!read.ok) return read;
	}
	return success(given);
}

/** Hands on page after page, so that no more than two are held as Xero sent them. */
async function readPages(
	run: OperationRun,
	collection: XeroCollection,
	tenantId: string,
	list: ListQuery,
	give: (records: readonly IDataObject[]) => void,
): Promise<Outcome<undefined>> {
	let before: readonly IDataObject[] | undefined;
	let room = list.limit;
	for (let page = 1; ; page++) {
		const read = await readPage(run, collection, tenantId, list, { page, before });
		if (!read.ok) return read;
		const { records, isLast } = read.value;
		give(records.slice(0, room));
		room -= records.length;
		if (isLast || room <= 0) return success(undefined);
		before = records;
	}
}
