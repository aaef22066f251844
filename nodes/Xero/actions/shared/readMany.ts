import type { IDataObject } from 'n8n-workflow';

import { chunk } from '../../batching/chunk';
import { failed, type ItemOutcome, type OperationResult } from '../../batching/ItemOutcome';
import { refuse, success, type Failure, type Outcome } from '../../errors/failure';
import type { ChangeCursor } from '../../records/changeCursor';
import { explainFor } from './explainFor';
import { forItem } from './forItem';
import type { OperationRun } from './OperationRun';
import { IDS_PER_REQUEST } from './fetchRecords';
import { readCollection } from './readCollection';
import { trackChanges } from './trackChanges';
import type { XeroCollection } from './XeroCollection';

/** What one item asks a list for. */
export interface ListQuery {
	/** `Infinity` for all. */
	readonly limit: number;
	readonly query: Readonly<Record<string, string>>;
	readonly ids: readonly string[];
	/** UTC, `YYYY-MM-DDTHH:MM:SS`. */
	readonly ifModifiedSince?: string;
	/** Only what no earlier run of the workflow has given out. */
	readonly sinceLastRun?: boolean;
}

export interface ListPlan {
	readonly collection: XeroCollection;
	readonly queryOf: (item: number) => Outcome<ListQuery>;
	readonly present: (record: IDataObject, item: number) => IDataObject;
}

/** Xero's largest page, and the only page of lists whose pages have one size. */
const MAX_PAGE_SIZE = 1000;
const FIXED_PAGE_SIZE = 100;

/**
 * Reads a list for each item, page by page; each item has its own filters. What the workflow is to
 * remember for its next run is written down only when nothing stopped this one.
 */
export async function readMany(run: OperationRun, plan: ListPlan): Promise<OperationResult> {
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => ({
		status: 'untried',
	}));
	const cursors = new Map<string, ChangeCursor>();
	for (let item = 0; item < run.itemCount; item++) {
		const records = await forItem(async () => await readList(run, plan, item, cursors));
		outcomes[item] = records.ok
			? { status: 'done', records: records.value }
			: failed(records.failure);
		if (!records.ok && run.stopsAtFirstFailure) return { effect: 'read', outcomes };
	}
	for (const [key, cursor] of cursors) run.memory().write(key, cursor);
	return { effect: 'read', outcomes };
}

async function readList(
	run: OperationRun,
	plan: ListPlan,
	item: number,
	cursors: Map<string, ChangeCursor>,
): Promise<Outcome<IDataObject[]>> {
	const tenantId = await run.organisationOf(item);
	if (!tenantId.ok) return tenantId;
	const wish = plan.queryOf(item);
	if (!wish.ok) return wish;
	const tracker =
		wish.value.sinceLastRun === true
			? trackChanges(run, plan.collection, tenantId.value, wish.value, cursors)
			: undefined;
	const list = tracker?.list ?? wish.value;

	const given: IDataObject[] = [];
	for (const ids of list.ids.length === 0 ? [[]] : chunk(list.ids, IDS_PER_REQUEST)) {
		const remaining = list.limit - given.length;
		if (remaining <= 0) break;
		const failure = await readPages(run, plan.collection, tenantId.value, list, ids, (page) => {
			const room = wish.value.limit - given.length;
			const fresh = tracker === undefined ? page : tracker.fresh(page, room);
			for (const record of fresh.slice(0, room)) given.push(plan.present(record, item));
			return given.length < wish.value.limit;
		});
		if (failure !== undefined) return refuse(failure);
	}
	tracker?.finish();
	return success(given);
}

/**
 * Hands on page after page, so that no more than one is held as Xero sent it.
 *
 * @param take whether more records are wanted
 */
async function readPages(
	run: OperationRun,
	collection: XeroCollection,
	tenantId: string,
	list: ListQuery,
	ids: readonly string[],
	take: (records: readonly IDataObject[]) => boolean,
): Promise<Failure | undefined> {
	const { paging = 'sized' } = collection;
	const pageSize = paging === 'sized' ? Math.min(list.limit, MAX_PAGE_SIZE) : FIXED_PAGE_SIZE;
	let last: IDataObject | undefined;
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
				...positionOf(collection, { page, pageSize, last }),
			},
		});
		const answer = readCollection(reply, collection.name);
		if (answer === undefined) {
			const { scope } = collection;
			return explainFor(run, reply, { tenantId, scope, effect: 'read' }).failure;
		}
		last = answer.records.at(-1) ?? last;
		const isLast =
			paging === 'none' ||
			page >= (answer.pageCount ?? Infinity) ||
			answer.records.length < pageSize;
		if (!take(answer.records) || isLast) return undefined;
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
