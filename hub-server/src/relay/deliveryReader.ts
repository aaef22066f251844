import type { Kysely, Selectable } from 'kysely';
import type { RelayedEvent, SubscriptionDelivery } from '../../protocol';
import { toPage, type Page, type PageRequest } from '../database/page';
import { eventMatches, type EventFilter } from '../events/eventReader';
import { NotFoundError } from '../errors/requestErrors';
import type { DeliveryStatus, Tables } from '../database/tables';
import { OWED } from '../subscriptions/owed';
import { loadDeliveries } from './loadDeliveries';
import { relayBody } from './relayBody';

/** What went to which workflow, newest first, for people and for the API. */
export interface DeliveryReader {
	deliveries(
		workspaceId: string,
		page: PageRequest & EventFilter & { readonly status?: DeliveryStatus | undefined },
	): Promise<Page<DeliveryView>>;
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

export function createDeliveryReader(db: Kysely<Tables>): DeliveryReader {
	return {
		async deliveries(workspaceId, { cursor, limit, status, ...filter }) {
			const isFiltered = Object.values(filter).some((one) => one !== undefined);
			const rows = await db
				.selectFrom('deliveries')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.$if(cursor !== undefined, (q) => q.where('id', '<', cursor as string))
				.$if(status !== undefined, (q) => q.where('status', '=', status as DeliveryStatus))
				.$if(isFiltered, (q) =>
					q.where('event_id', 'in', (e) =>
						e
							.selectFrom('events')
							.select('events.id')
							.where('events.workspace_id', '=', workspaceId)
							.where((events) => eventMatches(events, filter)),
					),
				)
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			return toPage(rows, limit, toDeliveryView);
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
