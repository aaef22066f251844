import type { IDataObject } from 'n8n-workflow';

import {
	comparable,
	isKeyInUse,
	planBatches,
	readRefusal,
	XERO_BATCH_LIMITS,
} from '../../../hub-server/protocol/xero';
import { CALLS_IN_FLIGHT } from '../batching/concurrency';
import { eachConcurrently } from '../batching/eachConcurrently';
import { groupByOrganisation } from '../batching/groupByOrganisation';
import { isHubProblem } from '../errors/explainHubProblem';
import { success, type Failure, type Outcome } from '../errors/failure';
import { refusedTogether } from '../errors/fateUnknown';
import { readWriteOptions } from '../fields/writeOptions';
import type { AnsweredReply, XeroReply } from '../messages/XeroReply';
import { createProgress, type Placed, type Progress } from '../run/createProgress';
import { done, failed, type OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { toExactJson } from '../values/exactJson';
import { placeOf } from '../values/placeOf';
import { readXeroDates } from '../values/xeroDates';
import { elementOutcomes } from './elementOutcomes';
import { exceptSaved } from './exceptSaved';
import { explainFor } from './explainFor';
import { lookForSaved, type RefusedRequest } from './lookForSaved';
import { writeKey } from './writeKey';
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
	/**
	 * What a built item asked for, where what is sent also depends on what Xero held. The idempotency
	 * key is made of it: a try that finds its own first try already carried out builds another body,
	 * and Xero refuses that under the same key instead of doing it twice.
	 */
	readonly asked?: (item: number) => Readonly<Record<string, unknown>> | undefined;
	/** Why an item cannot be sent, seen what Xero holds; asked for those that no run before has saved. */
	readonly refuse?: (item: number) => Failure | undefined;
	/**
	 * What comes out for a saved record. The record with readable dates when absent.
	 *
	 * @param sentId of the record, where what was sent named one
	 */
	readonly present?: (record: IDataObject, item: number, sentId?: string) => IDataObject;
}

interface Content {
	readonly json: string;
	/** What the idempotency key is made of. */
	readonly wish: string;
	readonly id?: string;
	/** The user's own key: the element then travels alone. */
	readonly ownKey?: string;
}

type Element = Placed<Content>;

/**
 * Writes one record for each input item in as few requests as Xero allows: up to 50 in one, or each
 * alone, four at a time, where the endpoint takes one or the item has an idempotency key of its own.
 *
 * Every element's fate goes back to its own item. When Xero refuses a whole request for what it
 * holds (an unknown contact answers 404 for all 50), it may have saved the others all the same: they are
 * looked up first ({@link lookForSaved}). What is not there goes again in halves, until the refusal hits
 * only the item that caused it; an element that may be there, or not, fails and is not sent again.
 *
 * When the run stops at the first failure, items that cannot even be built stop it before anything
 * is sent; after a refusal, the rest of that request stands and no further request is sent.
 */
export async function writeRecords(run: OperationRun, plan: WritePlan): Promise<OperationResult> {
	const progress = createProgress(run);
	const built = await progress.prepare<Content>(async (item) => {
		const record = await plan.build(item);
		if (!record.ok) return record;
		const id = record.value[plan.collection.idField];
		const json = toExactJson(record.value);
		const asked = plan.asked?.(item);
		return success({
			json,
			wish: asked === undefined ? json : wishOf(id, asked),
			id: typeof id === 'string' ? id : undefined,
			ownKey: readWriteOptions(run, item).ownKey,
		});
	});
	const unsaved = await exceptSaved(run, progress, built, ({ wish, json }) => ({
		content: wishContent(plan, wish),
		sent: JSON.parse(json) as IDataObject,
	}));
	const elements = unsaved.filter(({ item }) => {
		const refusal = plan.refuse?.(item);
		if (refusal !== undefined) progress.settle(item, failed(refusal));
		return refusal === undefined;
	});
	const writing: Writing = { run, plan, progress, given: new Set(), found: [] };
	const work = async (batch: readonly Element[]) => await sendBatch(writing, batch);
	for (const { members } of groupByOrganisation(elements)) {
		const [alone, together] = travelling(plan.collection, members);
		await eachConcurrently(
			alone,
			CALLS_IN_FLIGHT,
			async (element) => await work([element]),
			progress.mayGoOn,
		);
		// One after the other: Xero makes contacts that batches name, and would make them twice.
		await eachConcurrently(batchesOf(together), 1, work, progress.mayGoOn);
	}
	if (writing.found.length > 0) run.hint(foundHint(run, writing.found));
	return { effect: 'write', outcomes: progress.outcomes };
}

interface Writing {
	readonly run: OperationRun;
	readonly plan: WritePlan;
	readonly progress: Progress;
	/** Ids of the records that were given out, {@link comparable}. */
	readonly given: Set<string>;
	/** Items of refused requests that were found in Xero. */
	readonly found: number[];
}

/** Of a record of which something is asked for, whatever it holds now. */
export function wishOf(id: unknown, asked: Readonly<Record<string, unknown>>): string {
	return toExactJson([id, asked]);
}

/** What tells the save of one element from another. */
export function wishContent(
	{ method, collection }: Pick<WritePlan, 'method' | 'collection'>,
	wish: string,
): readonly string[] {
	return [method, collection.path, wish];
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

/** @param sentMs when the elements were first sent, where they are sent again; by the run's uptime */
async function sendBatch(
	writing: Writing,
	batch: readonly Element[],
	sentMs = writing.run.uptimeMs(),
): Promise<void> {
	const { run, plan, progress, given } = writing;
	const { collection, method } = plan;
	const path = pathOf(collection, method, batch);
	const body = bodyOf(
		collection,
		batch.map(({ json }) => json),
	);
	const wish = bodyOf(
		collection,
		batch.map(({ wish }) => wish),
	);
	await progress.attempt(batch, async (tenantId, items) => {
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
				batch[0]?.ownKey ?? writeKey(run, { tenantId, method, path, items, body: wish }),
		});

		const answered = answeredElements(reply, collection.name);
		if (answered !== undefined) {
			elementOutcomes(batch, answered, collection.idField).forEach((fate, position) => {
				const element = batch[position];
				if (element === undefined) return;
				if (fate.ok) giveOut(writing, element, fate.value);
				else progress.settle(element.item, failed(fate.failure));
			});
			return undefined;
		}
		const explained = explainFor(run, reply, {
			tenantId,
			scope: collection.scope,
			effect: 'write',
		});
		if (batch.length === 1 || !mayBeOneElementsFault(reply)) return explained;
		const refused = { collection, method, tenantId, sentMs, given };
		const left = isUnread(reply)
			? batch
			: await settleSaved(writing, refused, batch, explained.failure);
		// Fewer elements than were refused, and so a key of their own: Xero keeps the refusal under the other.
		const middle = Math.ceil(left.length / 2);
		for (const half of [left.slice(0, middle), left.slice(middle)]) {
			if (half.length > 0) await sendBatch(writing, half, sentMs);
		}
		return undefined;
	});
}

function giveOut({ plan, progress, given }: Writing, { item, id }: Element, record: IDataObject) {
	const { present = (one: IDataObject) => readXeroDates(one), collection } = plan;
	given.add(comparable(record[collection.idField]));
	progress.settle(item, done(present(record, item, id)));
}

/** @returns the elements that can be sent again */
async function settleSaved(
	writing: Writing,
	refused: RefusedRequest,
	batch: readonly Element[],
	refusal: Failure,
): Promise<readonly Element[]> {
	const fates = await lookForSaved(writing.run, refused, batch);
	return batch.filter((element, position) => {
		const fate = fates[position];
		if (fate?.status === 'saved') {
			giveOut(writing, element, fate.record);
			writing.found.push(element.item);
		}
		if (fate?.status === 'unknown') {
			writing.progress.settle(element.item, failed(refusedTogether(refusal, fate.why)));
		}
		return fate?.status === 'absent';
	});
}

function foundHint(run: OperationRun, found: readonly number[]): string {
	const items = found.flatMap((item) => run.inputItems(item)).sort((a, b) => a - b);
	return `Xero refused a request and had saved some of it all the same. Found in Xero, and not sent again: ${placeOf(items)}.`;
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

function bodyOf({ name, writes }: XeroCollection, elements: readonly string[]): string {
	const joined = elements.join(',');
	return writes === 'bare' ? joined : `{"${name}":[${joined}]}`;
}

/** Elements with their own fates; only a 200 with the collection has them. */
function answeredElements(reply: XeroReply, name: string): IDataObject[] | undefined {
	if (reply.kind !== 'answered' || reply.status !== 200) return undefined;
	const elements = (reply.body as Record<string, unknown> | undefined)?.[name];
	return Array.isArray(elements) ? elements : undefined;
}

function mayBeOneElementsFault(reply: XeroReply): reply is AnsweredReply {
	if (reply.kind !== 'answered' || isHubProblem(reply.body) || isKeyInUse(reply.body)) return false;
	return reply.status === 400 || reply.status === 404;
}

/**
 * The refusals of which it is known that nothing is saved: Xero could not read the body, or found no record
 * in it.
 */
function isUnread({ body }: AnsweredReply): boolean {
	const { type } = readRefusal(body);
	return type === 'PostDataInvalidException' || type === 'NoDataProcessedException';
}
