import { sleep, type IDataObject } from 'n8n-workflow';

import {
	PUSH_LIMITS,
	type PushBody,
	type PushItemView,
	type PushView,
} from '../../../hub-server/protocol';
import { planBatches } from '../../../hub-server/protocol/xero';
import { CALLS_IN_FLIGHT } from '../batching/concurrency';
import { eachConcurrently } from '../batching/eachConcurrently';
import { groupBy } from '../batching/groupBy';
import { refuse, success, type Failure, type Outcome } from '../errors/failure';
import type { AnsweredReply } from '../messages/XeroReply';
import { createProgress, type Placed, type Progress } from '../run/createProgress';
import { done, failed, type ItemOutcome, type OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { toExactJson } from '../values/exactJson';
import { needHub, type CapableHub, type HubNeed } from './askHub';
import { writeKey } from './writeKey';

/** How records are pushed; those that are alike in it travel together. */
export type PushSettings = Omit<PushBody, 'tenantId' | 'records'>;

/** What one item wants pushed. */
export interface PushWish {
	readonly settings: PushSettings;
	readonly externalId: string;
	/** In Xero's member names. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** ISO 8601. */
	readonly modifiedAt?: string;
	/** How long the item waits for its record, in seconds. */
	readonly waitSeconds: number;
	/** Whether what could not be done comes out with its state instead of as an error. */
	readonly givesOutRefused: boolean;
}

const NEED: HubNeed = {
	feature: 'pushes',
	what: 'A push',
	because:
		'Which record of the other system is which of Xero is remembered by the hub, which no OAuth2 credential reaches.',
};

/** Asked for again, however many times, what has been done is not done twice. */
const SAFE_AGAIN =
	'Run the node again: what is in Xero already is known by its link, and not made twice.';

type Element = Placed<PushWish> & { readonly json: string };

/**
 * Pushes one record for each item: all that are alike in organisation, system, record and options together, 500 in a
 * push. The hub brings them to Xero by itself, and the node asks how far it is; a slow push delays only its own items.
 *
 * A record that two items name goes with the first, and once that is done with the second. A retry of the execution
 * finds the pushes of the execution that failed, and has them take up what is not done.
 */
export async function pushRecords(
	run: OperationRun,
	build: (item: number) => Outcome<PushWish>,
): Promise<OperationResult> {
	const progress = createProgress(run);
	const hub = await needHub(run, NEED);
	if (!hub.ok) {
		for (let item = 0; item < run.itemCount; item++) progress.settle(item, failed(hub.failure));
		return { effect: 'push', outcomes: progress.outcomes };
	}
	const wishes = await progress.prepare<PushWish & { readonly json: string }>((item) => {
		const wish = build(item);
		return wish.ok ? success({ ...wish.value, json: recordJson(wish.value) }) : wish;
	});
	const pushing: Pushing = { run, progress, hub: hub.value };
	await eachConcurrently(
		groupBy(wishes, ({ tenantId, settings }) => JSON.stringify([tenantId, settings])),
		CALLS_IN_FLIGHT,
		async ({ members }) => {
			for (const round of roundsOf(members)) {
				await eachConcurrently(
					batchesOf(round),
					CALLS_IN_FLIGHT,
					async (batch) => await sendBatch(pushing, batch),
					progress.mayGoOn,
				);
			}
		},
		progress.mayGoOn,
	);
	return { effect: 'push', outcomes: progress.outcomes };
}

interface Pushing {
	readonly run: OperationRun;
	readonly progress: Progress;
	readonly hub: CapableHub;
}

function recordJson({ externalId, fields, modifiedAt }: PushWish): string {
	return toExactJson({ externalId, fields, modifiedAt });
}

/** A push names a record once: what comes again waits for the next round. */
function roundsOf(members: readonly Element[]): Element[][] {
	const rounds: Element[][] = [];
	for (const { members: same } of groupBy(members, ({ externalId }) => externalId)) {
		same.forEach((element, round) => (rounds[round] ??= []).push(element));
	}
	return rounds.map((round) => round.sort((a, b) => a.item - b.item));
}

function batchesOf(elements: readonly Element[]): Element[][] {
	const sizes = elements.map(({ json }) => Buffer.byteLength(json) + 1);
	const limits = { maxElements: PUSH_LIMITS.records, maxBytes: PUSH_LIMITS.bytes - ENVELOPE_BYTES };
	return planBatches(sizes, limits).map(({ start, end }) => elements.slice(start, end));
}

/** Everything of a body but its records, rounded up. */
const ENVELOPE_BYTES = 10_000;

async function sendBatch(pushing: Pushing, batch: readonly Element[]): Promise<void> {
	const [first] = batch;
	if (first === undefined) return;
	const views = await push(pushing, batch, first);
	for (const { item, externalId, givesOutRefused } of batch) {
		const outcome = views.ok
			? outcomeOf(views.value, externalId, givesOutRefused)
			: failed(views.failure);
		pushing.progress.settle(item, outcome);
	}
}

/** What the push has come to once it is over, or the wait is. */
interface Ending {
	readonly pushId: string;
	readonly isOver: boolean;
	readonly items: ReadonlyMap<string, PushItemView>;
}

async function push(
	{ run, hub }: Pushing,
	batch: readonly Element[],
	{ tenantId, settings }: Element,
): Promise<Outcome<Ending>> {
	const waitSeconds = Math.max(...batch.map((element) => element.waitSeconds));
	const deadlineMs = run.uptimeMs() + waitSeconds * 1000;
	const head = JSON.stringify({ tenantId, ...settings }).slice(0, -1);
	const body = `${head},"records":[${batch.map(({ json }) => json).join(',')}]}`;
	const items = batch.map(({ item }) => item);
	const sent = await hub.ask({
		method: 'POST',
		path: 'pushes',
		headers: {
			Prefer: `wait=${Math.min(MOST_SECONDS_AT_ONCE, Math.floor(waitSeconds))}`,
			'Idempotency-Key': writeKey(run, { tenantId, method: 'POST', path: 'pushes', items, body }),
		},
		body,
	});
	if (!sent.ok) return sent;
	const { id } = readView(sent.value);
	if (id === undefined) return refuse(unreadable(sent.value));
	const following: Following = { run, hub, pushId: id, deadlineMs };
	const ending = await follow(following);
	const isOpen = ending.ok && ending.value.isOver && leavesSomething(ending.value);
	return isOpen && isRetry(run) && settings.dryRun !== true ? await takeUp(following) : ending;
}

/** What the hub lets one call wait for. */
const MOST_SECONDS_AT_ONCE = 60;

interface Following {
	readonly run: OperationRun;
	readonly hub: CapableHub;
	readonly pushId: string;
	/** By the run's uptime. */
	readonly deadlineMs: number;
}

/** A retry of the execution gets the push of the one that failed: what it left is tried once more. */
async function takeUp(following: Following): Promise<Outcome<Ending>> {
	const path = `pushes/${encodeURIComponent(following.pushId)}/retry`;
	const told = await following.hub.ask({ method: 'POST', path, body: '{}' });
	return told.ok ? await follow(following) : told;
}

function isRetry({ execution }: OperationRun): boolean {
	return execution.id !== execution.origin;
}

function leavesSomething({ items }: Ending): boolean {
	return [...items.values()].some(({ state }) => REFUSED.has(state));
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

async function follow(following: Following): Promise<Outcome<Ending>> {
	const { run, pushId, deadlineMs } = following;
	for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
		const now = await lookAt(following);
		if (!now.ok) return refuse({ ...now.failure, description: goesOn(pushId, now.failure) });
		const leftMs = deadlineMs - run.uptimeMs();
		if (now.value.isOver || leftMs <= 0) return now;
		await sleep(Math.min(pauseMs, leftMs));
	}
}

async function lookAt({ hub, pushId }: Following): Promise<Outcome<Ending>> {
	const items = new Map<string, PushItemView>();
	const cursors = new Set<string>();
	for (let cursor = ''; ;) {
		const answer = await hub.ask({
			method: 'GET',
			path: `pushes/${encodeURIComponent(pushId)}`,
			query: cursor === '' ? {} : { cursor },
		});
		if (!answer.ok) return answer;
		const view = readView(answer.value);
		if (view.status === undefined) return refuse(unreadable(answer.value));
		for (const item of view.items ?? []) items.set(item.externalId, item);
		cursor = view.nextCursor ?? '';
		if (cursor === '' || cursors.has(cursor)) {
			return success({ pushId, isOver: view.status === 'finished', items });
		}
		cursors.add(cursor);
	}
}

function readView({ body }: AnsweredReply): Partial<PushView> {
	return typeof body === 'object' && body !== null ? (body as Partial<PushView>) : {};
}

function unreadable({ status }: AnsweredReply): Failure {
	return {
		kind: 'api',
		message: "The hub's answer does not say what became of the push",
		description: SAFE_AGAIN,
		httpCode: String(status),
	};
}

function goesOn(pushId: string, { description = '' }: Failure): string {
	return `${description} The hub goes on with push ${pushId} by itself. ${SAFE_AGAIN}`.trim();
}

/** States in which something is to be done by a person. */
const REFUSED: ReadonlySet<string> = new Set(['unmapped', 'conflict', 'failed']);

function outcomeOf(
	{ pushId, isOver, items }: Ending,
	externalId: string,
	givesOutRefused: boolean,
): ItemOutcome {
	const view = items.get(externalId);
	if (view === undefined) {
		return isOver
			? failed({
					kind: 'api',
					message: `The hub does not say what became of ${JSON.stringify(externalId)} in push ${pushId}`,
					description: SAFE_AGAIN,
				})
			: done(onItsWay({ externalId, state: 'pending' }, pushId));
	}
	if (view.state === 'pending') return done(onItsWay(view, pushId));
	if (REFUSED.has(view.state) && !givesOutRefused) {
		return failed({
			kind: 'api',
			message: view.message ?? `The record was not brought to Xero: ${view.state}`,
			description: view.nextStep ?? undefined,
		});
	}
	return done(record(view, pushId));
}

/** The wait is over and the push is not: it goes on without the workflow. */
function onItsWay(view: PushItemView, pushId: string): IDataObject {
	const message = view.message ?? 'The record is still on its way to Xero.';
	const nextStep =
		view.nextStep ?? 'The hub goes on by itself. Raise Wait Up To to wait for it in the workflow.';
	return record({ ...view, message, nextStep }, pushId);
}

function record(view: PushItemView, pushId: string): IDataObject {
	const { externalId, state, xeroId = null, message = null, nextStep = null, ...more } = view;
	return { externalId, state, xeroId, message, nextStep, ...more, pushId };
}
