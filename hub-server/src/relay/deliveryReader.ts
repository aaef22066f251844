import type { ExpressionBuilder, Kysely, Selectable } from 'kysely';
import type { RelayedEvent, SubscriptionDelivery } from '../../protocol';
import { toPage, type Page, type PageRequest } from '../database/page';
import { firstIdAt } from '../database/newId';
import { eventMatches, type BoundedCount, type EventFilter } from '../events/eventReader';
import { NotFoundError } from '../errors/requestErrors';
import type { DeliveryStatus, Tables } from '../database/tables';
import { OWED } from '../subscriptions/owed';
import { loadDeliveries } from './loadDeliveries';
import { relayBody } from './relayBody';

/** What went to which workflow, newest first, for people and for the API. */
export interface DeliveryReader {
	deliveries(
		workspaceId: string,
		page: PageRequest & DeliveryFilter & { readonly oldestFirst?: boolean | undefined },
	): Promise<Page<DeliveryView>>;
	/** Among the newest 10,000 of the time that is asked for. */
	count(workspaceId: string, filter: DeliveryFilter): Promise<BoundedCount>;
	/** With every attempt. @throws NotFoundError */
	delivery(
		workspaceId: string,
		id: string,
	): Promise<DeliveryView & { readonly attempts: AttemptView[] }>;
	/** How many deliveries of each status there are of each of these events, replays left out. */
	outcomesOf(
		workspaceId: string,
		eventIds: readonly string[],
	): Promise<ReadonlyMap<string, ReadonlyMap<DeliveryStatus, number>>>;
	/** All that was made of one event. */
	deliveriesOf(workspaceId: string, eventId: string): Promise<DeliveryOfEvent[]>;
	/**
	 * What the workflow gets or got, as far as it is known now; undefined when it does not ask for the
	 * event, or its subscription is gone.
	 */
	body(workspaceId: string, id: string): Promise<RelayedEvent | undefined>;
	/** How many wait for each subscription, counted to a bound: `1,000+`. */
	waitingFor(subscriptionIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Which deliveries are looked for, by what they are about and how they ended. Times are those of the delivery. */
export interface DeliveryFilter extends EventFilter {
	readonly status?: DeliveryStatus | undefined;
	/** One of these. */
	readonly statuses?: readonly DeliveryStatus[] | undefined;
	readonly subscriptionId?: string | undefined;
}

export function createDeliveryReader(db: Kysely<Tables>): DeliveryReader {
	return {
		async deliveries(workspaceId, { cursor, limit, oldestFirst = false, ...filter }) {
			const rows = await db
				.selectFrom('deliveries')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where((e) => deliveryMatches(e, workspaceId, filter))
				.$if(cursor !== undefined, (q) => q.where('id', oldestFirst ? '>' : '<', cursor as string))
				.orderBy('id', oldestFirst ? 'asc' : 'desc')
				.limit(limit + 1)
				.execute();
			return toPage(rows, limit, toDeliveryView);
		},
		async count(workspaceId, { since, until, ...filter }) {
			const newest = db
				.selectFrom('deliveries')
				.select(['id', 'event_id', 'subscription_id', 'status'])
				.where('workspace_id', '=', workspaceId)
				.where((e) => deliveryMatches(e, workspaceId, { since, until }))
				.orderBy('id', 'desc')
				.limit(LOOKED_AT)
				.as('deliveries');
			const { all, matching } = await db
				.selectFrom(newest)
				.select((e) => [
					e.fn.countAll<number>().as('all'),
					e.fn
						.countAll<number>()
						.filterWhere(deliveryMatches(e as never, workspaceId, filter))
						.as('matching'),
				])
				.executeTakeFirstOrThrow();
			return { count: Number(matching), isCut: Number(all) >= LOOKED_AT };
		},
		async delivery(workspaceId, id) {
			const row = await db
				.selectFrom('deliveries')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', id)
				.executeTakeFirst();
			if (!row) throw new NotFoundError(`The workspace has no delivery "${id}".`);
			const attempts = await db
				.selectFrom('attempts')
				.selectAll()
				.where('delivery_id', '=', id)
				.orderBy('number')
				.execute();
			return { ...toDeliveryView(row), attempts: attempts.map(toAttemptView) };
		},
		async outcomesOf(workspaceId, eventIds) {
			const outcomes = new Map<string, Map<DeliveryStatus, number>>();
			if (eventIds.length === 0) return outcomes;
			const rows = await db
				.selectFrom('deliveries')
				.select(['event_id', 'status', (e) => e.fn.countAll<number>().as('count')])
				.where('workspace_id', '=', workspaceId)
				.where('event_id', 'in', eventIds)
				.where('replay_of', 'is', null)
				.groupBy(['event_id', 'status'])
				.execute();
			for (const { event_id: id, status, count } of rows) {
				const ofEvent = outcomes.get(id) ?? new Map<DeliveryStatus, number>();
				outcomes.set(id, ofEvent.set(status, Number(count)));
			}
			return outcomes;
		},
		async deliveriesOf(workspaceId, eventId) {
			// First deliveries and replays each have an index by event.
			const found = await Promise.all(
				(['is', 'is not'] as const).map((either) =>
					db
						.selectFrom('deliveries as d')
						.leftJoin('subscriptions as s', 's.id', 'd.subscription_id')
						.selectAll('d')
						.select(['s.url', 's.delivery', 's.workflow_id'])
						.where('d.workspace_id', '=', workspaceId)
						.where('d.event_id', '=', eventId)
						.where('d.replay_of', either, null)
						.execute(),
				),
			);
			return found
				.flat()
				.sort((one, other) => (one.id < other.id ? 1 : -1))
				.map((row) => ({ ...toDeliveryView(row), wish: readWish(row) }));
		},
		async body(workspaceId, id) {
			const [loaded] = await loadDeliveries(db, [id]);
			if (loaded?.delivery.workspace.id !== workspaceId) return undefined;
			const { delivery } = loaded;
			return delivery.named === null ? undefined : relayBody(delivery, delivery.named);
		},
		async waitingFor(subscriptionIds) {
			const counts = new Map<string, string>();
			for (const id of subscriptionIds) {
				let count = 0;
				for (const status of OWED) {
					const rows = await db
						.selectFrom('deliveries')
						.select('id')
						.where('subscription_id', '=', id)
						.where('status', '=', status)
						.limit(COUNTED_WAITING)
						.execute();
					count += rows.length;
				}
				const isMore = count >= COUNTED_WAITING;
				counts.set(id, isMore ? `${COUNTED_WAITING.toLocaleString('en-GB')}+` : String(count));
			}
			return counts;
		},
	};
}

/** Counting all of a busy workspace would take seconds. */
const LOOKED_AT = 10_000;

function deliveryMatches(
	e: ExpressionBuilder<Tables, 'deliveries'>,
	workspaceId: string,
	{ status, statuses, subscriptionId, since, until, ...ofEvents }: DeliveryFilter,
) {
	const asksForEvents = Object.values(ofEvents).some((one) => one !== undefined);
	return e.and([
		...(status === undefined ? [] : [e('deliveries.status', '=', status)]),
		...(statuses === undefined ? [] : [e('deliveries.status', 'in', statuses)]),
		...(subscriptionId === undefined ? [] : [e('deliveries.subscription_id', '=', subscriptionId)]),
		// An id says when its row was made.
		...(since === undefined ? [] : [e('deliveries.id', '>=', firstIdAt(since))]),
		...(until === undefined ? [] : [e('deliveries.id', '<', firstIdAt(until))]),
		...(asksForEvents
			? [
					e('deliveries.event_id', 'in', (q) =>
						q
							.selectFrom('events')
							.select('events.id')
							.where('events.workspace_id', '=', workspaceId)
							.where((events) => eventMatches(events, ofEvents)),
					),
				]
			: []),
	]);
}

/** Enough to see that something is wrong; counting a million would take seconds. */
const COUNTED_WAITING = 1_000;

export type DeliveryView = ReturnType<typeof toDeliveryView>;
export type DeliveryOfEvent = DeliveryView & {
	/** Of whom it is; undefined where the subscription is gone. */
	readonly wish: DeliveryWish | undefined;
};

/** Where deliveries go. */
export interface DeliveryWish {
	readonly url: string;
	readonly delivery: SubscriptionDelivery;
	readonly key: { readonly workflowId: string } | null;
}

export type AttemptView = ReturnType<typeof toAttemptView>;

function toDeliveryView(row: Selectable<Tables['deliveries']>) {
	return {
		id: row.id,
		eventId: row.event_id,
		subscriptionId: row.subscription_id,
		replayOf: row.replay_of,
		status: row.status,
		attempt: row.attempt,
		nextAttemptAt: row.status === 'pending' ? iso(row.next_at) : null,
		reason: row.reason,
		createdAt: iso(row.created_at),
		finishedAt: row.finished_at === null ? null : iso(row.finished_at),
	};
}

function toAttemptView(row: Selectable<Tables['attempts']>) {
	return {
		number: row.number,
		startedAt: iso(row.started_at),
		ms: row.ms,
		statusCode: row.status_code,
		error: row.error,
		responseBody: row.response_body,
	};
}

function iso(at: number): string {
	return new Date(at).toISOString();
}

/** @param row of the subscription that was joined, if there is one */
export function readWish(row: {
	readonly url: string | null;
	readonly delivery: SubscriptionDelivery | null;
	readonly workflow_id: string | null;
}): DeliveryWish | undefined {
	const { url, delivery, workflow_id: workflowId } = row;
	if (url === null || delivery === null) return undefined;
	return { url, delivery, key: workflowId === null ? null : { workflowId } };
}
