import type { IDataObject } from 'n8n-workflow';

import { eachConcurrently } from '../../batching/eachConcurrently';
import { groupByOrganisation } from '../../batching/groupByOrganisation';
import { idempotencyKey } from '../../batching/idempotencyKey';
import { done, failed, type ItemOutcome, type OperationResult } from '../../batching/ItemOutcome';
import { planBatches, type BatchLimits } from '../../batching/planBatches';
import { feedFailure, isFeedProblem } from '../../errors/explainFeedProblem';
import { success, type Failure, type Outcome } from '../../errors/failure';
import { toExactJson } from '../../records/exactJson';
import type { XeroReply } from '../../transport/XeroTransport';
import type { Members } from '../fields/Field';
import { explainFor } from '../shared/explainFor';
import { forItem } from '../shared/forItem';
import type { OperationRun } from '../shared/OperationRun';
import { readWriteOptions } from '../shared/writeOptions';
import { BANK_FEEDS_SCOPE } from './bankFeedsApi';

/** Feed Connections 2.0 takes 50; 1.0 names no number, but 3 MB. */
const FEED_LIMITS: BatchLimits = { maxElements: 50, maxBytes: 2_900_000 };

export interface FeedWritePlan {
	/** Below Xero's host. */
	readonly path: string;
	readonly build: (item: number) => Outcome<Members>;
	/** What comes out for an element that Xero accepted. */
	readonly present: (element: IDataObject, item: number) => IDataObject;
}

interface Element {
	readonly item: number;
	readonly tenantId: string;
	readonly json: string;
	/** The user's own key: the element then travels alone. */
	readonly ownKey?: string;
}

/**
 * Sends one element for each input item, 50 in a request. Xero accepts or rejects each by itself, in
 * their order; an element that it accepts is PENDING, because the work is done later.
 */
export async function writeFeedItems(
	run: OperationRun,
	plan: FeedWritePlan,
): Promise<OperationResult> {
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => UNTRIED);
	const elements = await prepare(run, plan, outcomes);
	const mayGoOn = () =>
		!run.stopsAtFirstFailure || outcomes.every(({ status }) => status !== 'failed');

	let runIsOver: Failure | undefined;
	for (const { tenantId, members } of groupByOrganisation(elements)) {
		let organisationIsOver: Failure | undefined;
		await eachConcurrently(
			batchesOf(members),
			1,
			async (batch) => {
				const over = runIsOver ?? organisationIsOver;
				if (over !== undefined) {
					batch.forEach(({ item }) => (outcomes[item] = failed(over)));
					return;
				}
				const reply = await send(run, plan, tenantId, batch);
				const answered = answeredItems(reply);
				if (answered?.length === batch.length) {
					batch.forEach(({ item }, position) => {
						outcomes[item] = fateOf(answered[position] ?? {}, plan, item);
					});
					return;
				}
				const scope = BANK_FEEDS_SCOPE;
				const { failure, reach } = explainFor(run, reply, { tenantId, scope, effect: 'write' });
				batch.forEach(({ item }) => (outcomes[item] = failed(failure)));
				if (reach === 'run') runIsOver = failure;
				if (reach === 'organisation') organisationIsOver = failure;
			},
			mayGoOn,
		);
	}
	return { effect: 'write', outcomes };
}

const UNTRIED: ItemOutcome = { status: 'untried' };

async function prepare(
	run: OperationRun,
	plan: FeedWritePlan,
	outcomes: ItemOutcome[],
): Promise<Element[]> {
	const elements: Element[] = [];
	for (let item = 0; item < run.itemCount; item++) {
		const element = await forItem<Element>(async () => {
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const built = plan.build(item);
			if (!built.ok) return built;
			const { ownKey } = readWriteOptions(run, item);
			return success({ item, tenantId: tenantId.value, json: toExactJson(built.value), ownKey });
		});
		if (element.ok) elements.push(element.value);
		else outcomes[item] = failed(element.failure);
	}
	return elements;
}

function batchesOf(members: readonly Element[]): Element[][] {
	const together = members.filter(({ ownKey }) => ownKey === undefined);
	const sizes = together.map(({ json }) => Buffer.byteLength(json));
	return [
		...members.filter(({ ownKey }) => ownKey !== undefined).map((element) => [element]),
		...planBatches(sizes, FEED_LIMITS).map(({ start, end }) => together.slice(start, end)),
	];
}

async function send(
	run: OperationRun,
	{ path }: FeedWritePlan,
	tenantId: string,
	batch: readonly Element[],
): Promise<XeroReply> {
	const method = 'POST';
	const body = `{"items":[${batch.map(({ json }) => json).join(',')}]}`;
	const items = batch.map(({ item }) => item);
	return await run.transport.send({
		method,
		path,
		tenantId,
		body,
		idempotencyKey:
			batch[0]?.ownKey ??
			idempotencyKey({ seed: run.idempotencySeed, tenantId, method, path, items, body }),
	});
}

/** Elements with fates of their own: also in a 400 or 409, where all of them are rejected. */
function answeredItems(reply: XeroReply): IDataObject[] | undefined {
	if (reply.kind !== 'answered') return undefined;
	const items = (reply.body as { items?: unknown } | undefined)?.items;
	return Array.isArray(items) ? items : undefined;
}

function fateOf(element: IDataObject, { present }: FeedWritePlan, item: number): ItemOutcome {
	if (element.status !== 'REJECTED') return done(present(element, item));
	return failed(rejectionOf(element));
}

/** Feed connections carry one `error`, statements a list of `errors`. */
export function rejectionOf(element: IDataObject): Failure {
	const [first] = [element.error, ...((element.errors as unknown[] | undefined) ?? [])].filter(
		isFeedProblem,
	);
	return first === undefined
		? { kind: 'api', message: 'Xero rejected it and gave no reason', httpCode: '400' }
		: feedFailure(first);
}
