import type { IDataObject } from 'n8n-workflow';

import { CALLS_IN_FLIGHT } from '../../batching/concurrency';
import { eachConcurrently } from '../../batching/eachConcurrently';
import { groupByOrganisation } from '../../batching/groupByOrganisation';
import { idempotencyKey } from '../../batching/idempotencyKey';
import { done, failed, type ItemOutcome, type OperationResult } from '../../batching/ItemOutcome';
import { success, type Failure, type Outcome } from '../../errors/failure';
import { toExactJson } from '../../records/exactJson';
import { fromFixedPoint } from '../../records/fixedPoint';
import type { XeroReply } from '../../transport/XeroTransport';
import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE } from '../bankFeeds/bankFeedsApi';
import { rejectionOf } from '../bankFeeds/writeFeedItems';
import { explainFor } from '../shared/explainFor';
import { forItem } from '../shared/forItem';
import type { OperationRun } from '../shared/OperationRun';
import { readWriteOptions } from '../shared/writeOptions';
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

interface Sending {
	readonly item: number;
	readonly tenantId: string;
	readonly statement: Statement;
}

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
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => UNTRIED);
	const sendings = await prepare(run, plan, outcomes);
	const mayGoOn = () =>
		!run.stopsAtFirstFailure || outcomes.every(({ status }) => status !== 'failed');

	let runIsOver: Failure | undefined;
	for (const { tenantId, members } of groupByOrganisation(sendings)) {
		let organisationIsOver: Failure | undefined;
		await eachConcurrently(feedsOf(members), CALLS_IN_FLIGHT, async (feed) => {
			for (const { item, statement } of feed) {
				if (!mayGoOn()) return;
				const over = runIsOver ?? organisationIsOver;
				if (over !== undefined) {
					outcomes[item] = failed(over);
					continue;
				}
				const reply = await send(run, tenantId, item, statement);
				const answer = answeredStatement(reply);
				if (answer !== undefined) {
					outcomes[item] = fateOf(answer, statement);
					continue;
				}
				const scope = BANK_FEEDS_SCOPE;
				const { failure, reach } = explainFor(run, reply, { tenantId, scope, effect: 'write' });
				outcomes[item] = failed(failure);
				if (reach === 'run') runIsOver = failure;
				if (reach === 'organisation') organisationIsOver = failure;
			}
		});
	}
	await eachConcurrently(sendings, CALLS_IN_FLIGHT, async (sending) => {
		const waitMs = plan.waitMs(sending.item);
		const outcome = outcomes[sending.item];
		if (waitMs === 0 || outcome?.status !== 'done') return;
		const [record = {}] = outcome.records;
		const { sleep } = plan;
		outcomes[sending.item] = await awaitDelivery(run, sending.tenantId, record, { waitMs, sleep });
	});
	return { effect: 'write', outcomes };
}

const UNTRIED: ItemOutcome = { status: 'untried' };

/** Statements that cannot be built stop the run before anything is sent. */
async function prepare(
	run: OperationRun,
	plan: DeliveryPlan,
	outcomes: ItemOutcome[],
): Promise<Sending[]> {
	const sendings: Sending[] = [];
	for (let item = 0; item < run.itemCount; item++) {
		const sending = await forItem<Sending>(async () => {
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const statement = plan.build(item);
			if (!statement.ok) return statement;
			return success({ item, tenantId: tenantId.value, statement: statement.value });
		});
		if (sending.ok) sendings.push(sending.value);
		else outcomes[item] = failed(sending.failure);
	}
	return sendings;
}

/** The statements of each feed, oldest first. */
function feedsOf(members: readonly Sending[]): Sending[][] {
	const feeds = new Map<string, Sending[]>();
	for (const sending of members) {
		const { feedConnectionId } = sending.statement;
		feeds.set(feedConnectionId, [...(feeds.get(feedConnectionId) ?? []), sending]);
	}
	const key = ({ statement }: Sending) => `${statement.startDate} ${statement.endDate}`;
	return [...feeds.values()].map((feed) =>
		feed.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.item - b.item)),
	);
}

async function send(
	run: OperationRun,
	tenantId: string,
	item: number,
	statement: Statement,
): Promise<XeroReply> {
	const method = 'POST';
	const body = toExactJson({ items: [statementBody(statement)] });
	const { ownKey } = readWriteOptions(run, item);
	return await run.transport.send({
		method,
		path,
		tenantId,
		body,
		idempotencyKey:
			ownKey ??
			idempotencyKey({
				seed: run.idempotencySeed,
				tenantId,
				method,
				path,
				items: [item],
				body,
			}),
	});
}

/** Accepted (202) and rejected (409) statements come back as an element with its status. */
function answeredStatement(reply: XeroReply): IDataObject | undefined {
	if (reply.kind !== 'answered') return undefined;
	const items = (reply.body as { items?: unknown } | undefined)?.items;
	return Array.isArray(items) ? (items[0] as IDataObject | undefined) : undefined;
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
