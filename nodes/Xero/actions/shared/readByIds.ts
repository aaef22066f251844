import type { IDataObject } from 'n8n-workflow';

import { chunk } from '../../batching/chunk';
import { groupByOrganisation } from '../../batching/groupByOrganisation';
import { done, failed, type ItemOutcome, type OperationResult } from '../../batching/ItemOutcome';
import { explainReply, type Explanation } from '../../errors/explainReply';
import { success, type Outcome } from '../../errors/failure';
import type { XeroTransport } from '../../transport/XeroTransport';
import { forItem } from './forItem';
import type { OperationRun } from './OperationRun';
import { readCollection } from './readCollection';
import type { XeroCollection } from './XeroCollection';

export interface GetPlan {
	readonly collection: XeroCollection;
	/** The id an item asks for, in lower case. */
	readonly idOf: (item: number) => Outcome<string>;
	readonly present: (record: IDataObject, item: number) => IDataObject;
}

interface Wish {
	readonly item: number;
	readonly tenantId: string;
	readonly id: string;
}

/** 40 ids of 36 characters keep the address below 2 kB. */
export const IDS_PER_REQUEST = 40;

/** Reads one record for each item, up to 40 in one request; each id is asked for once. */
export async function readByIds(run: OperationRun, plan: GetPlan): Promise<OperationResult> {
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => ({
		status: 'untried',
	}));
	const wishes = await readWishes(run, plan, outcomes);
	if (run.stopsAtFirstFailure && outcomes.some(({ status }) => status === 'failed')) {
		return { effect: 'read', outcomes };
	}
	for (const { tenantId, members } of groupByOrganisation(wishes)) {
		const ids = [...new Set(members.map(({ id }) => id))];
		for (const some of chunk(ids, IDS_PER_REQUEST)) {
			const asking = members.filter(({ id }) => some.includes(id));
			const records = await readChunk(run, plan.collection, tenantId, some);
			for (const { item, id } of asking) {
				outcomes[item] = outcomeOf(records, id, item, plan);
			}
		}
	}
	return { effect: 'read', outcomes };
}

async function readWishes(
	run: OperationRun,
	plan: GetPlan,
	outcomes: ItemOutcome[],
): Promise<Wish[]> {
	const wishes: Wish[] = [];
	for (let item = 0; item < run.itemCount; item++) {
		const wish = await forItem<Wish>(async () => {
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const id = plan.idOf(item);
			return id.ok ? success({ item, tenantId: tenantId.value, id: id.value }) : id;
		});
		if (wish.ok) wishes.push(wish.value);
		else outcomes[item] = failed(wish.failure);
	}
	return wishes;
}

type ChunkResult = ReadonlyMap<string, IDataObject> | Explanation;

/** Archived records are asked for too: an id names a record, whatever its state. */
async function readChunk(
	run: OperationRun,
	collection: XeroCollection,
	tenantId: string,
	ids: readonly string[],
): Promise<ChunkResult> {
	const reply = await run.transport.send(getRequest(collection, tenantId, ids));
	const page = readCollection(reply, collection.name);
	if (page !== undefined) {
		return new Map(
			page.records.map((record) => [String(record[collection.idField]).toLowerCase(), record]),
		);
	}
	return reply.kind === 'answered' && reply.status === 404
		? new Map()
		: explainReply(reply, {
				route: run.transport.route,
				nowMs: run.nowMs(),
				tenantId,
				scope: `${collection.scope} or ${collection.scope}.read`,
			});
}

function getRequest(
	collection: XeroCollection,
	tenantId: string,
	ids: readonly string[],
): Parameters<XeroTransport['send']>[0] {
	return {
		method: 'GET',
		path: collection.path,
		tenantId,
		query: { ...collection.query, IDs: ids.join(','), page: '1', includeArchived: 'true' },
	};
}

function outcomeOf(records: ChunkResult, id: string, item: number, plan: GetPlan): ItemOutcome {
	if ('failure' in records) return failed(records.failure);
	const record = records.get(id);
	if (record !== undefined) return done(plan.present(record, item));
	return failed({
		kind: 'api',
		message: `Xero has no ${plan.collection.label} with the id ${id}`,
		description: 'Check the id, and that it belongs to the chosen organisation.',
		httpCode: '404',
	});
}
