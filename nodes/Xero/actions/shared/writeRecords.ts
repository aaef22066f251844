import type { IDataObject } from 'n8n-workflow';

import { groupByOrganisation } from '../../batching/groupByOrganisation';
import { idempotencyKey } from '../../batching/idempotencyKey';
import { done, failed, type ItemOutcome, type OperationResult } from '../../batching/ItemOutcome';
import { planBatches, XERO_BATCH_LIMITS } from '../../batching/planBatches';
import { readElementFates } from '../../batching/readElementFates';
import { explainReply, isHubProblem, type Explanation } from '../../errors/explainReply';
import type { Failure, Outcome } from '../../errors/failure';
import { success } from '../../errors/failure';
import { toExactJson } from '../../records/exactJson';
import { readXeroDates } from '../../records/xeroDates';
import type { XeroReply } from '../../transport/XeroTransport';
import { forItem } from './forItem';
import type { OperationRun } from './OperationRun';
import type { XeroCollection } from './XeroCollection';

export interface WritePlan {
	readonly collection: XeroCollection;
	/** Xero: PUT creates, POST creates or updates. */
	readonly method: 'PUT' | 'POST';
	/** The element to send for one item; its id, where it has one, comes from `collection.idField`. */
	readonly build: (item: number) => Outcome<Readonly<Record<string, unknown>>>;
}

interface Element {
	readonly item: number;
	readonly tenantId: string;
	readonly json: string;
	readonly id?: string;
}

/**
 * Writes one record for each input item in as few requests as Xero allows.
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
		const sizes = members.map(({ json }) => Buffer.byteLength(json));
		for (const { start, end } of planBatches(sizes, XERO_BATCH_LIMITS)) {
			if (!mayGoOn()) return { effect: 'write', outcomes };
			const batch = members.slice(start, end);
			const over = runIsOver ?? organisationIsOver;
			if (over !== undefined) {
				batch.forEach(({ item }) => (outcomes[item] = failed(over)));
				continue;
			}
			const ending = await sendBatch(run, plan, tenantId, batch, outcomes);
			if (ending?.reach === 'run') runIsOver = ending.failure;
			if (ending?.reach === 'organisation') organisationIsOver = ending.failure;
		}
	}
	return { effect: 'write', outcomes };
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
			const record = plan.build(item);
			if (!record.ok) return record;
			const id = record.value[plan.collection.idField];
			return success({
				item,
				tenantId: tenantId.value,
				json: toExactJson(record.value),
				id: typeof id === 'string' ? id : undefined,
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
	const path = collection.path;
	const body = `{"${collection.name}":[${batch.map(({ json }) => json).join(',')}]}`;
	const items = batch.map(({ item }) => item);
	const reply = await run.transport.send({
		method,
		path,
		tenantId,
		query: { summarizeErrors: 'false', ...collection.query },
		body,
		idempotencyKey: idempotencyKey({
			seed: run.idempotencySeed,
			tenantId,
			method,
			path,
			items,
			body,
		}),
	});

	const answered = answeredElements(reply, collection.name);
	if (answered !== undefined) {
		readElementFates(batch, answered, collection.idField).forEach((fate, position) => {
			const element = batch[position];
			if (element === undefined) return;
			outcomes[element.item] = fate.ok ? done(readXeroDates(fate.value)) : failed(fate.failure);
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
	const explanation = explainReply(reply, {
		route: run.transport.route,
		nowMs: run.nowMs(),
		tenantId,
		scope: collection.scope,
		write: true,
	});
	batch.forEach(({ item }) => (outcomes[item] = failed(explanation.failure)));
	return explanation;
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
