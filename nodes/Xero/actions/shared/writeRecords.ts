import type { IDataObject } from 'n8n-workflow';

import { CALLS_IN_FLIGHT } from '../../batching/concurrency';
import { eachConcurrently } from '../../batching/eachConcurrently';
import { groupByOrganisation } from '../../batching/groupByOrganisation';
import { idempotencyKey } from '../../batching/idempotencyKey';
import { done, failed, type ItemOutcome, type OperationResult } from '../../batching/ItemOutcome';
import { planBatches, XERO_BATCH_LIMITS } from '../../batching/planBatches';
import { readElementFates } from '../../batching/readElementFates';
import { isHubProblem, type Explanation } from '../../errors/explainReply';
import type { Failure, Outcome } from '../../errors/failure';
import { success } from '../../errors/failure';
import { toExactJson } from '../../records/exactJson';
import { readXeroDates } from '../../records/xeroDates';
import type { XeroReply } from '../../transport/XeroTransport';
import { explainFor } from './explainFor';
import { forItem } from './forItem';
import type { OperationRun } from './OperationRun';
import { readWriteOptions } from './writeOptions';
import type { XeroCollection } from './XeroCollection';

export interface WritePlan {
	readonly collection: XeroCollection;
	/** Xero: PUT creates, POST creates or updates. */
	readonly method: 'PUT' | 'POST';
	/** The element to send for one item; its id, where it has one, comes from `collection.idField`. */
	readonly build: (
		item: number,
	) =>
		| Outcome<Readonly<Record<string, unknown>>>
		| Promise<Outcome<Readonly<Record<string, unknown>>>>;
	/** What comes out for a saved record. The record with readable dates when absent. */
	readonly present?: (record: IDataObject, item: number) => IDataObject;
}

interface Element {
	readonly item: number;
	readonly tenantId: string;
	readonly json: string;
	readonly id?: string;
	/** The user's own key: the element then travels alone. */
	readonly ownKey?: string;
}

/**
 * Writes one record for each input item in as few requests as Xero allows: up to 50 in one, or each
 * alone, four at a time, where the endpoint takes one or the item has an idempotency key of its own.
 *
 * Every element's fate goes back to its own item. When Xero refuses a whole request for what it
 * holds (an unknown contact answers 404 for all 50), the request is halved until the refusal hits
 * only the item that caused it.
 *
 * When the run stops at the first failure, items that cannot even be built stop it before anything
 * is sent; after a refusal, the rest of that request stands and no further request is sent.
 */
export async function writeRecords(run: OperationRun, plan: WritePlan): Promise<OperationResult> {
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => UNTRIED);
	const elements = await prepare(run, plan, outcomes);
	const mayGoOn = () =>
		!run.stopsAtFirstFailure || outcomes.every(({ status }) => status !== 'failed');

	let runIsOver: Failure | undefined;
	for (const { tenantId, members } of groupByOrganisation(elements)) {
		let organisationIsOver: Failure | undefined;
		const work = async (batch: readonly Element[]) => {
			const over = runIsOver ?? organisationIsOver;
			if (over !== undefined) {
				batch.forEach(({ item }) => (outcomes[item] = failed(over)));
				return;
			}
			const ending = await sendBatch(run, plan, tenantId, batch, outcomes);
			if (ending?.reach === 'run') runIsOver = ending.failure;
			if (ending?.reach === 'organisation') organisationIsOver = ending.failure;
		};
		const [alone, together] = travelling(plan.collection, members);
		await eachConcurrently(
			alone,
			CALLS_IN_FLIGHT,
			async (element) => await work([element]),
			mayGoOn,
		);
		// One after the other: Xero makes contacts that batches name, and would make them twice.
		await eachConcurrently(batchesOf(together), 1, work, mayGoOn);
	}
	return { effect: 'write', outcomes };
}

type ByTravel = readonly [alone: readonly Element[], together: readonly Element[]];

function travelling({ writes = 'many' }: XeroCollection, members: readonly Element[]): ByTravel {
	if (writes !== 'many') return [members, []];
	return [
		members.filter(({ ownKey }) => ownKey !== undefined),
		members.filter(({ ownKey }) => ownKey === undefined),
	];
}

function batchesOf(members: readonly Element[]): Element[][] {
	const sizes = members.map(({ json }) => Buffer.byteLength(json));
	return planBatches(sizes, XERO_BATCH_LIMITS).map(({ start, end }) => members.slice(start, end));
}

const UNTRIED: ItemOutcome = { status: 'untried' };

async function prepare(
	run: OperationRun,
	plan: WritePlan,
	outcomes: ItemOutcome[],
): Promise<Element[]> {
	const elements: Element[] = [];
	for (let item = 0; item < run.itemCount; item++) {
		const element = await forItem<Element>(async () => {
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const record = await plan.build(item);
			if (!record.ok) return record;
			const id = record.value[plan.collection.idField];
			return success({
				item,
				tenantId: tenantId.value,
				json: toExactJson(record.value),
				id: typeof id === 'string' ? id : undefined,
				ownKey: readWriteOptions(run, item).ownKey,
			});
		});
		if (element.ok) elements.push(element.value);
		else outcomes[item] = failed(element.failure);
	}
	return elements;
}

/** @returns why nothing further can be sent, if so */
async function sendBatch(
	run: OperationRun,
	plan: WritePlan,
	tenantId: string,
	batch: readonly Element[],
	outcomes: ItemOutcome[],
): Promise<Explanation | undefined> {
	const { collection, method } = plan;
	const path = pathOf(collection, method, batch);
	const body = bodyOf(collection, batch);
	const items = batch.map(({ item }) => item);
	const reply = await run.transport.send({
		method,
		path,
		tenantId,
		query: {
			...((collection.writes ?? 'many') === 'many' ? { summarizeErrors: 'false' } : {}),
			...collection.query,
		},
		body,
		idempotencyKey:
			batch[0]?.ownKey ??
			idempotencyKey({ seed: run.idempotencySeed, tenantId, method, path, items, body }),
	});

	const present = plan.present ?? readXeroDates<IDataObject>;
	const answered = answeredElements(reply, collection.name);
	if (answered !== undefined) {
		readElementFates(batch, answered, collection.idField).forEach((fate, position) => {
			const element = batch[position];
			if (element === undefined) return;
			outcomes[element.item] = fate.ok
				? done(present(fate.value, element.item))
				: failed(fate.failure);
		});
		return undefined;
	}
	if (batch.length > 1 && mayBeOneElementsFault(reply)) {
		const middle = Math.ceil(batch.length / 2);
		const first = await sendBatch(run, plan, tenantId, batch.slice(0, middle), outcomes);
		const rest = batch.slice(middle);
		if (first === undefined || first.reach === 'request') {
			return await sendBatch(run, plan, tenantId, rest, outcomes);
		}
		rest.forEach(({ item }) => (outcomes[item] = failed(first.failure)));
		return first;
	}
	const { scope } = collection;
	const explanation = explainFor(run, reply, { tenantId, scope, effect: 'write' });
	batch.forEach(({ item }) => (outcomes[item] = failed(explanation.failure)));
	return explanation;
}

/** An endpoint that takes one record names the one it changes in its address. */
function pathOf(
	{ path, writes = 'many', changesInCollection = false }: XeroCollection,
	method: WritePlan['method'],
	[first]: readonly Element[],
): string {
	const isAtCollection = writes === 'many' || method === 'PUT' || changesInCollection;
	return isAtCollection || first?.id === undefined
		? path
		: `${path}/${encodeURIComponent(first.id)}`;
}

function bodyOf({ name, writes }: XeroCollection, batch: readonly Element[]): string {
	const elements = batch.map(({ json }) => json).join(',');
	return writes === 'bare' ? elements : `{"${name}":[${elements}]}`;
}

/** Elements with their own fates; only a 200 with the collection has them. */
function answeredElements(reply: XeroReply, name: string): IDataObject[] | undefined {
	if (reply.kind !== 'answered' || reply.status !== 200) return undefined;
	const elements = (reply.body as Record<string, unknown> | undefined)?.[name];
	return Array.isArray(elements) ? elements : undefined;
}

/** Nothing is saved on these, so sending the halves again cannot double a record. */
function mayBeOneElementsFault(reply: XeroReply): boolean {
	if (reply.kind !== 'answered' || isHubProblem(reply.body)) return false;
	return reply.status === 400 || reply.status === 404;
}
