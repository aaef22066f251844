import type { IDataObject } from 'n8n-workflow';

import { isNamed, planBatches, type BatchLimits } from '../../../hub-server/protocol/xero';
import { eachConcurrently } from '../batching/eachConcurrently';
import { groupByOrganisation } from '../batching/groupByOrganisation';
import { fateUnknown } from '../errors/fateUnknown';
import { success, type Outcome } from '../errors/failure';
import type { Members } from '../fields/Field';
import type { XeroReply } from '../messages/XeroReply';
import { createProgress } from '../run/createProgress';
import { done, failed, type ItemOutcome, type OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { BANK_FEEDS_SCOPE } from './bankFeedsApi';
import { exceptSaved } from './exceptSaved';
import { explainFor } from './explainFor';
import {
	answeredItems,
	feedContent,
	rejectionOf,
	sendFeedItems,
	wishOfFeed,
	type FeedContent,
	type FeedElement,
} from './sendFeedItems';

/** Feed Connections 2.0 takes 50; 1.0 names no number, but 3 MB. */
const FEED_LIMITS: BatchLimits = { maxElements: 50, maxBytes: 2_900_000 };

export interface FeedWritePlan {
	/** Below Xero's host. */
	readonly path: string;
	readonly build: (item: number) => Outcome<Members>;
	/** What comes out for an element that Xero accepted. */
	readonly present: (element: IDataObject, item: number) => IDataObject;
}

/**
 * Sends one element for each input item, 50 in a request. Xero accepts or rejects each by itself, in
 * their order; an element that it accepts is PENDING, because the work is done later.
 */
export async function writeFeedItems(
	run: OperationRun,
	plan: FeedWritePlan,
): Promise<OperationResult> {
	const progress = createProgress(run);
	const made = await progress.prepare<FeedContent>((item) => {
		const built = plan.build(item);
		return built.ok ? success(feedContent(run, item, built.value)) : built;
	});
	const elements = await exceptSaved(run, progress, made, ({ json }) =>
		wishOfFeed(plan.path, json),
	);
	for (const { members } of groupByOrganisation(elements)) {
		await eachConcurrently(
			batchesOf(members),
			1,
			async (batch) =>
				await progress.attempt(batch, async (tenantId, items) => {
					const reply = await sendFeedItems(run, plan.path, tenantId, batch);
					const answered = answeredItems(reply);
					if (answered === undefined || (isRefusal(reply) && answered.length !== batch.length)) {
						return explainFor(run, reply, { tenantId, scope: BANK_FEEDS_SCOPE, effect: 'write' });
					}
					items.forEach((item, position) =>
						progress.settle(
							item,
							answered.length === batch.length
								? fateOf(answered[position] ?? {}, plan, item)
								: failed(fateUnknown.unmentioned),
						),
					);
					return undefined;
				}),
			progress.mayGoOn,
		);
	}
	return { effect: 'write', outcomes: progress.outcomes };
}

function batchesOf(members: readonly FeedElement[]): FeedElement[][] {
	const together = members.filter(({ ownKey }) => ownKey === undefined);
	const sizes = together.map(({ json }) => Buffer.byteLength(json));
	return [
		...members.filter(({ ownKey }) => ownKey !== undefined).map((element) => [element]),
		...planBatches(sizes, FEED_LIMITS).map(({ start, end }) => together.slice(start, end)),
	];
}

function fateOf(element: IDataObject, { present }: FeedWritePlan, item: number): ItemOutcome {
	if (element.status === 'REJECTED') return failed(rejectionOf(element));
	return isNamed(element, 'id') ? done(present(element, item)) : failed(fateUnknown.unnamed);
}

function isRefusal(reply: XeroReply): boolean {
	return reply.kind !== 'answered' || reply.status >= 300;
}
