import type { IDataObject } from 'n8n-workflow';

import { chunk } from '../../batching/chunk';
import { done, failed, type ItemOutcome, type OperationResult } from '../../batching/ItemOutcome';
import { refuse, success, type Outcome } from '../../errors/failure';
import { explainFor } from './explainFor';
import { forItem } from './forItem';
import type { OperationRun } from './OperationRun';
import { IDS_PER_REQUEST } from './fetchRecords';
import { readCollection } from './readCollection';
import type { XeroCollection } from './XeroCollection';

/** What one item asks a list for. */
export interface ListQuery {
	/** `Infinity` for all. */
	readonly limit: number;
	readonly query: Readonly<Record<string, string>>;
	readonly ids: readonly string[];
	/** UTC, `YYYY-MM-DDTHH:MM:SS`. */
	readonly ifModifiedSince?: string;
}

export interface ListPlan {
	readonly collection: XeroCollection;
	readonly queryOf: (item: number) => Outcome<ListQuery>;
	readonly present: (record: IDataObject, item: number) => IDataObject;
}

/** Xero's largest page, and the only page of lists whose pages have one size. */
const MAX_PAGE_SIZE = 1000;
const FIXED_PAGE_SIZE = 100;

/** Reads a list for each item, page by page; each item has its own filters. */
export async function readMany(run: OperationRun, plan: ListPlan): Promise<OperationResult> {
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => ({
		status: 'untried',
	}));
	for (let item = 0; item < run.itemCount; item++) {
		const records = await forItem(async () => await readList(run, plan, item));
		outcomes[item] = records.ok
			? done(...records.value.map((record) => plan.present(record, item)))
			: failed(records.failure);
		if (!records.ok && run.stopsAtFirstFailure) break;
	}
	return { effect: 'read', outcomes };
}

async function readList(
	run: OperationRun,
	plan: ListPlan,
	item: number,
): Promise<Outcome<IDataObject[]>> {
	const tenantId = await run.organisationOf(item);
	if (!tenantId.ok) return tenantId;
	const list = plan.queryOf(item);
	if (!list.ok) return list;

	const records: IDataObject[] = [];
	for (const ids of list.value.ids.length === 0 ? [[]] : chunk(list.value.ids, IDS_PER_REQUEST)) {
		const remaining = list.value.limit - records.length;
		if (remaining <= 0) break;
		const some = await readPages(run, plan.collection, tenantId.value, list.value, ids, remaining);
		if (!some.ok) return some;
		records.push(...some.value);
	}
	return success(records);
}

async function readPages(
	run: OperationRun,
	collection: XeroCollection,
	tenantId: string,
	list: ListQuery,
	ids: readonly string[],
	limit: number,
): Promise<Outcome<IDataObject[]>> {
	const { paging = 'sized' } = collection;
	const pageSize = paging === 'sized' ? Math.min(limit, MAX_PAGE_SIZE) : FIXED_PAGE_SIZE;
	const records: IDataObject[] = [];
	for (let page = 1; ; page++) {
		const reply = await run.transport.send({
			method: 'GET',
			path: collection.path,
			tenantId,
			ifModifiedSince: list.ifModifiedSince,
			query: {
				...collection.query,
				...list.query,
				...(ids.length === 0 ? {} : { IDs: ids.join(',') }),
				...positionOf(collection, { page, pageSize, last: records.at(-1) }),
			},
		});
		const answer = readCollection(reply, collection.name);
		if (answer === undefined) {
			const { scope } = collection;
			return refuse(explainFor(run, reply, { tenantId, scope, effect: 'read' }).failure);
		}
		for (const record of answer.records) records.push(record);
		const isLast =
			paging === 'none' ||
			page >= (answer.pageCount ?? Infinity) ||
			answer.records.length < pageSize;
		if (isLast || records.length >= limit) return success(records.slice(0, limit));
	}
}

/** Where the next page begins, in the way that the list pages. */
function positionOf(
	{ paging = 'sized', offsetField = '' }: XeroCollection,
	at: { readonly page: number; readonly pageSize: number; readonly last: IDataObject | undefined },
): Readonly<Record<string, string>> {
	switch (paging) {
		case 'none':
			return {};
		case 'fixed':
			return { page: String(at.page) };
		case 'after':
			return at.last === undefined ? {} : { offset: String(at.last[offsetField]) };
		case 'sized':
			return { page: String(at.page), pageSize: String(at.pageSize) };
	}
}
