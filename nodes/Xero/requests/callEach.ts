import type { IDataObject } from 'n8n-workflow';

import { CALLS_IN_FLIGHT } from '../batching/concurrency';
import { eachConcurrently } from '../batching/eachConcurrently';
import { groupByOrganisation } from '../batching/groupByOrganisation';
import { success, type Failure, type Outcome } from '../errors/failure';
import { readWriteOptions } from '../fields/writeOptions';
import type { AnsweredReply, XeroReply } from '../messages/XeroReply';
import type { XeroRequest } from '../messages/XeroRequest';
import { createProgress } from '../run/createProgress';
import type { ItemOutcome, OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { toExactJson } from '../values/exactJson';
import { exceptSaved } from './exceptSaved';
import { explainFor } from './explainFor';
import { writeKey } from './writeKey';

/** The request of one item. */
export type ItemCall = Omit<XeroRequest, 'tenantId' | 'body' | 'idempotencyKey'> & {
	/** A record goes as JSON, digit for digit; bytes travel as they are. */
	readonly body?: Readonly<Record<string, unknown>> | Buffer;
};

/** What an item's builder made, and the organisation that it went to. */
export type SentCall<Call extends ItemCall> = Call & { readonly tenantId: string };

export interface CallPlan<Call extends ItemCall> {
	readonly effect: 'read' | 'write';
	/** Named to the user when the connection lacks it. */
	readonly scope?: string;
	/** The request, and beside it what the answer is read with, such as the id that it is about. */
	readonly build: (item: number) => Outcome<Call> | Promise<Outcome<Call>>;
	/** What a successful answer (2xx) means for the item; it may still refuse. */
	readonly read: (
		answer: AnsweredReply,
		item: number,
		call: SentCall<Call>,
	) => ItemOutcome | Promise<ItemOutcome>;
	/** What to say where Xero has nothing at the address of an item, other than of a record's id. */
	readonly notFound?: (call: Call) => Partial<Pick<Failure, 'message' | 'description'>>;
	/** What to do next where Xero refused what an item holds, and nothing more precise is known. */
	readonly badRequest?: (call: Call) => Partial<Pick<Failure, 'description'>>;
}

/**
 * One request for each item, for endpoints that take no more: four at a time for an organisation,
 * answers in the order of the items. Items that read the same address share one request.
 *
 * Stops as {@link OperationRun.stopsAtFirstFailure} says: items that cannot be built stop the run
 * before anything is sent; after a refusal, what is on its way stands and nothing more is sent.
 */
export async function callEach<Call extends ItemCall>(
	run: OperationRun,
	plan: CallPlan<Call>,
): Promise<OperationResult> {
	const { effect, scope } = plan;
	const progress = createProgress(run);
	const built = await progress.prepare(async (item, tenantId) => {
		const made = await plan.build(item);
		if (!made.ok) return made;
		const call: SentCall<Call> = { ...made.value, tenantId };
		return success({ call, request: requestOf(run, call, item) });
	});
	const calls =
		effect === 'read'
			? built
			: await exceptSaved(
					run,
					progress,
					built,
					({ call: { method, path, query, body }, request }) => ({
						content: [method, path, query, request.body],
						sent: body === undefined || Buffer.isBuffer(body) ? {} : { ...(body as IDataObject) },
					}),
				);
	const send = effect === 'read' ? sharing(run) : run.transport.send;
	for (const { members } of groupByOrganisation(calls)) {
		await eachConcurrently(
			members,
			CALLS_IN_FLIGHT,
			async (placed) =>
				await progress.attempt([placed], async (tenantId) => {
					const { call, item, request } = placed;
					const reply = await send(request);
					if (!isSuccess(reply)) {
						const explained = explainFor(run, reply, { tenantId, scope, effect });
						const { httpCode, description } = explained.failure;
						const isUnadvised = httpCode === '400' && description === undefined;
						const own = {
							...(httpCode === '404' ? plan.notFound?.(call) : {}),
							...(isUnadvised ? plan.badRequest?.(call) : {}),
						};
						return { ...explained, failure: { ...explained.failure, ...own } };
					}
					progress.settle(item, await plan.read(reply, item, call));
					return undefined;
				}),
			progress.mayGoOn,
		);
	}
	return { effect, outcomes: progress.outcomes };
}

/** Of what the builder made, what travels. */
function requestOf(run: OperationRun, call: SentCall<ItemCall>, item: number): XeroRequest {
	const { method, path, query, ifModifiedSince, contentType, accept, body, tenantId } = call;
	const request = { method, path, tenantId, query, ifModifiedSince, contentType, accept };
	if (method === 'GET') return request;
	const bytes = body === undefined || Buffer.isBuffer(body) ? body : toExactJson(body);
	const { ownKey } = readWriteOptions(run, item);
	const key = ownKey ?? writeKey(run, { tenantId, method, path, items: [item], body: bytes ?? '' });
	return { ...request, body: bytes, idempotencyKey: key };
}

/** Equal reads are asked once, however many items want them. */
function sharing(run: OperationRun): (request: XeroRequest) => Promise<XeroReply> {
	const asked = new Map<string, Promise<XeroReply>>();
	return async (request) => {
		const key = JSON.stringify(request);
		const known = asked.get(key) ?? run.transport.send(request);
		asked.set(key, known);
		return await known;
	};
}

function isSuccess(reply: XeroReply): reply is AnsweredReply {
	return reply.kind === 'answered' && reply.status >= 200 && reply.status < 300;
}
