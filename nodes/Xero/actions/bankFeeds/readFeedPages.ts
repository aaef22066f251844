import type { IDataObject } from 'n8n-workflow';

import { done, failed, type ItemOutcome, type OperationResult } from '../../batching/ItemOutcome';
import { refuse, success, type Outcome } from '../../errors/failure';
import type { XeroReply } from '../../transport/XeroTransport';
import { explainFor } from '../shared/explainFor';
import { forItem } from '../shared/forItem';
import type { OperationRun } from '../shared/OperationRun';
import { readLimit } from '../shared/readLimit';
import { BANK_FEEDS_SCOPE } from './bankFeedsApi';

/** Ten unless asked; the largest that Xero's examples ask for. */
const PAGE_SIZE = 100;

export interface FeedListPlan {
	readonly path: string;
	/** Xero's lists take no filter: what does not match is left out here. */
	readonly keep?: (record: IDataObject, item: number) => boolean;
}

/** Reads a list of the Bank Feeds API for each item, up to its *Limit*. */
export async function readFeedPages(
	run: OperationRun,
	plan: FeedListPlan,
): Promise<OperationResult> {
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => ({
		status: 'untried',
	}));
	for (let item = 0; item < run.itemCount; item++) {
		const records = await forItem(async () => await readList(run, plan, item));
		outcomes[item] = records.ok ? done(...records.value) : failed(records.failure);
		if (!records.ok && run.stopsAtFirstFailure) break;
	}
	return { effect: 'read', outcomes };
}

async function readList(
	run: OperationRun,
	{ path, keep = () => true }: FeedListPlan,
	item: number,
): Promise<Outcome<IDataObject[]>> {
	const limit = readLimit(run, item);
	if (!limit.ok) return limit;
	const tenantId = await run.organisationOf(item);
	if (!tenantId.ok) return tenantId;

	const records: IDataObject[] = [];
	for (let page = 1; ; page++) {
		const reply = await run.transport.send({
			method: 'GET',
			path,
			tenantId: tenantId.value,
			query: { page: String(page), pageSize: String(PAGE_SIZE) },
		});
		const answer = readFeedPage(reply);
		if (answer === undefined) {
			const context = {
				tenantId: tenantId.value,
				scope: BANK_FEEDS_SCOPE,
				effect: 'read',
			} as const;
			return refuse(explainFor(run, reply, context).failure);
		}
		records.push(...answer.items.filter((record) => keep(record, item)));
		const isLast = page >= (answer.pageCount ?? Infinity) || answer.items.length === 0;
		if (isLast || records.length >= limit.value) return success(records.slice(0, limit.value));
	}
}

export interface FeedPage {
	readonly items: readonly IDataObject[];
	readonly pageCount?: number;
}

/** Xero documents 202 for the list of connections; 200 means the same. */
export function readFeedPage(reply: XeroReply): FeedPage | undefined {
	if (reply.kind !== 'answered' || (reply.status !== 200 && reply.status !== 202)) return undefined;
	const { items, pagination } = (reply.body ?? {}) as {
		items?: unknown;
		pagination?: { pageCount?: unknown };
	};
	if (!Array.isArray(items)) return undefined;
	const pageCount = pagination?.pageCount;
	return { items, pageCount: typeof pageCount === 'number' ? pageCount : undefined };
}
