import { CALLS_IN_FLIGHT } from '../../batching/concurrency';
import { eachConcurrently } from '../../batching/eachConcurrently';
import { groupByOrganisation } from '../../batching/groupByOrganisation';
import { idempotencyKey } from '../../batching/idempotencyKey';
import { failed, type ItemOutcome, type OperationResult } from '../../batching/ItemOutcome';
import { success, type Failure, type Outcome } from '../../errors/failure';
import { toExactJson } from '../../records/exactJson';
import type { AnsweredReply, XeroReply, XeroRequest } from '../../transport/XeroTransport';
import { explainFor } from './explainFor';
import { forItem } from './forItem';
import type { OperationRun } from './OperationRun';
import { readWriteOptions } from './writeOptions';

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
}

interface Call {
	readonly item: number;
	readonly tenantId: string;
	readonly request: XeroRequest;
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
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => UNTRIED);
	const calls = await prepare(run, plan, outcomes);
	const mayGoOn = () =>
		!run.stopsAtFirstFailure || outcomes.every(({ status }) => status !== 'failed');
	const send = effect === 'read' ? sharing(run) : run.transport.send;

	let runIsOver: Failure | undefined;
	for (const { tenantId, members } of groupByOrganisation(calls)) {
		let organisationIsOver: Failure | undefined;
		await eachConcurrently(
			members,
			CALLS_IN_FLIGHT,
			async ({ item, request }) => {
				const over = runIsOver ?? organisationIsOver;
				if (over !== undefined) {
					outcomes[item] = failed(over);
					return;
				}
				const reply = await send(request);
				if (isSuccess(reply)) {
					outcomes[item] = await plan.read(reply, item);
					return;
				}
				const { failure, reach } = explainFor(run, reply, { tenantId, scope, effect });
				outcomes[item] = failed(failure);
				if (reach === 'run') runIsOver = failure;
				if (reach === 'organisation') organisationIsOver = failure;
			},
			mayGoOn,
		);
	}
	return { effect, outcomes };
}

const UNTRIED: ItemOutcome = { status: 'untried' };

async function prepare(
	run: OperationRun,
	plan: CallPlan,
	outcomes: ItemOutcome[],
): Promise<Call[]> {
	const calls: Call[] = [];
	for (let item = 0; item < run.itemCount; item++) {
		const call = await forItem<Call>(async () => {
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const built = await plan.build(item);
			if (!built.ok) return built;
			return success({
				item,
				tenantId: tenantId.value,
				request: requestOf(run, built.value, tenantId.value, item),
			});
		});
		if (call.ok) calls.push(call.value);
		else outcomes[item] = failed(call.failure);
	}
	return calls;
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
		idempotencyKey({
			seed: run.idempotencySeed,
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
