import { CALLS_IN_FLIGHT } from '../batching/concurrency';
import { eachConcurrently } from '../batching/eachConcurrently';
import { groupByOrganisation } from '../batching/groupByOrganisation';
import type { ItemOutcome, OperationResult } from '../run/ItemOutcome';
import { success, type Failure, type Outcome } from '../errors/failure';
import { toExactJson } from '../values/exactJson';
import type { XeroRequest } from '../messages/XeroRequest';
import type { AnsweredReply, XeroReply } from '../messages/XeroReply';
import { createProgress } from '../run/createProgress';
import { explainFor } from './explainFor';
import { writeKey } from './writeKey';
import type { OperationRun } from '../run/OperationRun';
import { readWriteOptions } from '../fields/writeOptions';

/** The request of one item. */
export type ItemCall = Omit<XeroRequest, 'tenantId' | 'body' | 'idempotencyKey'> & {
	/** A record goes as JSON, digit for digit; bytes travel as they are. */
	readonly body?: Readonly<Record<string, unknown>> | Buffer;
};

export interface CallPlan {
	readonly effect: OperationResult['effect'];
	/** Named to the user when the connection lacks it. */
	readonly scope?: string;
	readonly build: (item: number) => Outcome<ItemCall> | Promise<Outcome<ItemCall>>;
	/** What a successful answer (2xx) means for the item; it may still refuse. */
	readonly read: (answer: AnsweredReply, item: number) => ItemOutcome | Promise<ItemOutcome>;
	/** What to say where Xero has nothing at the address of an item, other than of a record's id. */
	readonly notFound?: (item: number) => Partial<Pick<Failure, 'message' | 'description'>>;
}

/**
 * One request for each item, for endpoints that take no more: four at a time for an organisation,
 * answers in the order of the items. Items that read the same address share one request.
 *
 * Stops as {@link OperationRun.stopsAtFirstFailure} says: items that cannot be built stop the run
 * before anything is sent; after a refusal, what is on its way stands and nothing more is sent.
 */
export async function callEach(run: OperationRun, plan: CallPlan): Promise<OperationResult> {
	const { effect, scope } = plan;
	const progress = createProgress(run);
	const calls = await progress.prepare(async (item, tenantId) => {
		const call = await plan.build(item);
		return call.ok ? success({ request: requestOf(run, call.value, tenantId, item) }) : call;
	});
	const send = effect === 'read' ? sharing(run) : run.transport.send;
	for (const { members } of groupByOrganisation(calls)) {
		await eachConcurrently(
			members,
			CALLS_IN_FLIGHT,
			async (call) =>
				await progress.attempt([call], async (tenantId) => {
					const reply = await send(call.request);
					if (!isSuccess(reply)) {
						const explained = explainFor(run, reply, { tenantId, scope, effect });
						const isNotFound = explained.failure.httpCode === '404';
						const own = isNotFound ? plan.notFound?.(call.item) : undefined;
						return { ...explained, failure: { ...explained.failure, ...own } };
					}
					progress.settle(call.item, await plan.read(reply, call.item));
					return undefined;
				}),
			progress.mayGoOn,
		);
	}
	return { effect, outcomes: progress.outcomes };
}

function requestOf(
	run: OperationRun,
	{ body, ...call }: ItemCall,
	tenantId: string,
	item: number,
): XeroRequest {
	const bytes = body === undefined || Buffer.isBuffer(body) ? body : toExactJson(body);
	if (call.method === 'GET') return { ...call, tenantId };
	const { ownKey } = readWriteOptions(run, item);
	const key =
		ownKey ??
		writeKey(run, {
			tenantId,
			method: call.method,
			path: call.path,
			items: [item],
			body: bytes ?? '',
		});
	return { ...call, tenantId, body: bytes, idempotencyKey: key };
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
