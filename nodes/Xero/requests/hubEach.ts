import { CALLS_IN_FLIGHT } from '../batching/concurrency';
import { eachConcurrently } from '../batching/eachConcurrently';
import { groupBy } from '../batching/groupBy';
import type { Outcome } from '../errors/failure';
import type { AnsweredReply } from '../messages/XeroReply';
import { createProgress, type Placed } from '../run/createProgress';
import { failed, type ItemOutcome, type OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import type { HubCall } from '../transport/hubRequest';
import { needHub, type CapableHub, type HubNeed } from './askHub';

export interface HubPlan {
	readonly need: HubNeed;
	readonly build: (item: number, tenantId: string) => Outcome<HubCall>;
	/** Answers besides a success that {@link read} takes. */
	readonly isFine?: (reply: AnsweredReply) => boolean;
	readonly read: (
		answer: AnsweredReply,
		item: number,
		hub: CapableHub,
	) => ItemOutcome | Promise<ItemOutcome>;
}

/**
 * One call to the hub for each item, a few at a time; those of one address go one after the other, in the order
 * of the input. Each can be repeated without harm.
 */
export async function hubEach(run: OperationRun, plan: HubPlan): Promise<OperationResult> {
	const progress = createProgress(run);
	const hub = await needHub(run, plan.need);
	if (hub.ok) {
		const calls = await progress.prepare<HubCall>(plan.build);
		await eachConcurrently(
			groupBy(calls, ({ path }) => path),
			CALLS_IN_FLIGHT,
			async ({ members }) => {
				for (const call of members) {
					if (!progress.mayGoOn()) return;
					progress.settle(call.item, await askFor(hub.value, plan, call));
				}
			},
			progress.mayGoOn,
		);
	} else {
		for (let item = 0; item < run.itemCount; item++) progress.settle(item, failed(hub.failure));
	}
	return { effect: 'read', outcomes: progress.outcomes };
}

async function askFor(
	hub: CapableHub,
	{ isFine, read }: HubPlan,
	{ item, ...call }: Placed<HubCall>,
): Promise<ItemOutcome> {
	const answer = await hub.ask(call, isFine);
	return answer.ok ? await read(answer.value, item, hub) : failed(answer.failure);
}
