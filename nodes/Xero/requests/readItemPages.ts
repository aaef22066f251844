import type { IDataObject } from 'n8n-workflow';

import { refuse, success, type Outcome } from '../errors/failure';
import { readLimit } from '../fields/readLimit';
import type { XeroReply } from '../messages/XeroReply';
import { forItem } from '../run/forItem';
import { done, failed, type ItemOutcome, type OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { explainFor } from './explainFor';
import { refuseRepeatedPage } from './refuseRepeatedPage';

/** A list of one of Xero's newer APIs: bank feeds, files, assets, projects. */
export interface ItemListPlan {
	readonly path: string;
	/** Named to the user when the connection lacks it. */
	readonly scope: string;
	/** Name of the parameter and the most that the list gives at once. */
	readonly pageSize: readonly [parameter: string, size: number];
	readonly query?: (item: number) => Outcome<Readonly<Record<string, string>>>;
	/** What does not match is left out here, where Xero's list cannot be filtered. */
	readonly keep?: (record: IDataObject, item: number) => boolean;
	readonly present?: (record: IDataObject, item: number) => IDataObject;
}

/** Reads a list page by page for each item, up to its *Limit*. */
export async function readItemPages(
	run: OperationRun,
	plan: ItemListPlan,
): Promise<OperationResult> {
	const { present = (record) => record } = plan;
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => ({
		status: 'untried',
	}));
	for (let item = 0; item < run.itemCount; item++) {
		const records = await forItem(async () => await readList(run, plan, item));
		outcomes[item] = records.ok
			? done(...records.value.map((record) => present(record, item)))
			: failed(records.failure);
		if (!records.ok && run.stopsAtFirstFailure) break;
	}
	return { effect: 'read', outcomes };
}

async function readList(
	run: OperationRun,
	{ path, scope, pageSize, query = () => success({}), keep = () => true }: ItemListPlan,
	item: number,
): Promise<Outcome<IDataObject[]>> {
	const limit = readLimit(run, item);
	if (!limit.ok) return limit;
	const parameters = query(item);
	if (!parameters.ok) return parameters;
	const tenantId = await run.organisationOf(item);
	if (!tenantId.ok) return tenantId;

	const [sizeParameter, size] = pageSize;
	const records: IDataObject[] = [];
	let before: readonly IDataObject[] | undefined;
	for (let page = 1; ; page++) {
		const reply = await run.transport.send({
			method: 'GET',
			path,
			tenantId: tenantId.value,
			query: { ...parameters.value, page: String(page), [sizeParameter]: String(size) },
		});
		const answer = readItemPage(reply);
		if (answer === undefined) {
			const context = { tenantId: tenantId.value, scope, effect: 'read' } as const;
			return refuse(explainFor(run, reply, context).failure);
		}
		const repeated = refuseRepeatedPage(answer.items, before, JSON.stringify);
		if (repeated !== undefined) return repeated;
		before = answer.items;
		records.push(...answer.items.filter((record) => keep(record, item)));
		const isLast = page >= answer.pageCount || answer.items.length === 0;
		if (isLast || records.length >= limit.value) return success(records.slice(0, limit.value));
	}
}

export interface ItemPage {
	readonly items: readonly IDataObject[];
	/** `Infinity` where the answer does not say. */
	readonly pageCount: number;
}

/**
 * One page: `items` beside `pagination`, or `Items` beside `TotalCount` and `PerPage` (Files). Xero
 * documents 202 for the list of feed connections; 200 means the same.
 */
export function readItemPage(reply: XeroReply): ItemPage | undefined {
	if (reply.kind !== 'answered' || (reply.status !== 200 && reply.status !== 202)) return undefined;
	const body = (reply.body ?? {}) as Readonly<Record<string, unknown>>;
	const items = body.items ?? body.Items;
	if (!Array.isArray(items)) return undefined;
	const { pageCount } = (body.pagination ?? {}) as { pageCount?: unknown };
	const { TotalCount: total, PerPage: perPage } = body;
	if (typeof pageCount === 'number') return { items, pageCount };
	return typeof total === 'number' && typeof perPage === 'number' && perPage > 0
		? { items, pageCount: Math.ceil(total / perPage) }
		: { items, pageCount: Infinity };
}
