import type { IDataObject } from 'n8n-workflow';

import { CALLS_IN_FLIGHT } from '../../batching/concurrency';
import { eachConcurrently } from '../../batching/eachConcurrently';
import { groupBy } from '../../batching/groupBy';
import { groupByOrganisation } from '../../batching/groupByOrganisation';
import { success, type Outcome } from '../../errors/failure';
import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE } from '../../requests/bankFeedsApi';
import { exceptSaved } from '../../requests/exceptSaved';
import { explainFor } from '../../requests/explainFor';
import {
	answeredItems,
	feedContent,
	rejectionOf,
	sendFeedItems,
	wishOfFeed,
	type FeedContent,
} from '../../requests/sendFeedItems';
import { createProgress, type Placed } from '../../run/createProgress';
import { done, failed, type ItemOutcome, type OperationResult } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';
import { fromFixedPoint } from '../../values/fixedPoint';
import { awaitDelivery } from './awaitDelivery';
import { PLACES, type Statement } from './Statement';
import { statementBody } from './statementBody';

export interface DeliveryPlan {
	readonly build: (item: number) => Outcome<Statement>;
	/** How long to wait for an item's delivery, in milliseconds; 0 for not at all. */
	readonly waitMs: (item: number) => number;
	/** Waits, in milliseconds. */
	readonly sleep: (ms: number) => Promise<void>;
}

type Sending = Placed<FeedContent & { readonly statement: Statement }>;

const path = `${BANK_FEEDS_PATH}/Statements`;

/**
 * Sends one statement for each input item. Those of one feed go one after the other, oldest first,
 * because each continues the balance of the one before; four feeds at a time. A request carries one
 * statement: what is wrong with one refuses all in its request, and says not which.
 */
export async function deliverStatements(
	run: OperationRun,
	plan: DeliveryPlan,
): Promise<OperationResult> {
	const progress = createProgress(run);
	const built = await progress.prepare((item) => {
		const statement = plan.build(item);
		if (!statement.ok) return statement;
		const content = feedContent(run, item, statementBody(statement.value));
		return success({ ...content, statement: statement.value });
	});
	const sendings = await exceptSaved(run, progress, built, ({ json }) => wishOfFeed(path, json));
	for (const { members } of groupByOrganisation(sendings)) {
		await eachConcurrently(feedsOf(members), CALLS_IN_FLIGHT, async (feed) => {
			for (const sending of feed) {
				if (!progress.mayGoOn()) return;
				await progress.attempt([sending], async (tenantId) => {
					const reply = await sendFeedItems(run, path, tenantId, [sending]);
					const [answer] = answeredItems(reply) ?? [];
					if (answer === undefined) {
						return explainFor(run, reply, { tenantId, scope: BANK_FEEDS_SCOPE, effect: 'write' });
					}
					progress.settle(sending.item, fateOf(answer, sending.statement));
					return undefined;
				});
			}
		});
	}
	await eachConcurrently(sendings, CALLS_IN_FLIGHT, async ({ item, tenantId }) => {
		const waitMs = plan.waitMs(item);
		const outcome = progress.outcomes[item];
		if (waitMs === 0 || outcome?.status !== 'done') return;
		const [record = {}] = outcome.records;
		const { sleep } = plan;
		progress.settle(item, await awaitDelivery(run, tenantId, record, { waitMs, sleep }));
	});
	return { effect: 'write', outcomes: progress.outcomes };
}

/** The statements of each feed, oldest first. */
function feedsOf(members: readonly Sending[]): Sending[][] {
	const key = ({ statement }: Sending) => `${statement.startDate} ${statement.endDate}`;
	return groupBy(members, ({ statement }) => statement.feedConnectionId).map(({ members: feed }) =>
		[...feed].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.item - b.item)),
	);
}

function fateOf(answer: IDataObject, statement: Statement): ItemOutcome {
	if (answer.status === 'REJECTED') return failed(rejectionOf(answer));
	const { startDate, endDate, startBalance, endBalance, lines } = statement;
	return done({
		id: answer.id,
		feedConnectionId: answer.feedConnectionId,
		status: answer.status,
		startDate,
		endDate,
		startBalance: fromFixedPoint(startBalance, PLACES),
		endBalance: fromFixedPoint(endBalance, PLACES),
		lineCount: lines.length,
	});
}
