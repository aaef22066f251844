import type { ExpressionBuilder, Kysely, Selectable } from 'kysely';
import { NotFoundError } from '../errors/requestErrors';
import type { DeliveryStatus, Tables } from '../database/tables';

export interface Page<Item> {
	readonly items: Item[];
	/** Give it back as `cursor` for the next page; null on the last one. */
	readonly nextCursor: string | null;
}

export interface PageRequest {
	readonly cursor?: string | undefined;
	/** Rows a page, 1 to 200. */
	readonly limit: number;
}

/** Which events are looked for; what is left out does not matter. */
export interface EventFilter {
	readonly tenantId?: string | undefined;
	/** Xero's eventCategory, upper case. */
	readonly category?: string | undefined;
	readonly change?: 'created' | 'updated' | undefined;
}

/** What happened, newest first, for people and for the API. */
export interface LedgerReader {
	events(workspaceId: string, page: PageRequest & EventFilter): Promise<Page<EventView>>;
	deliveries(
		workspaceId: string,
		page: PageRequest & EventFilter & { readonly status?: DeliveryStatus | undefined },
	): Promise<Page<DeliveryView>>;
	/** With every attempt. @throws NotFoundError */
	delivery(
		workspaceId: string,
		id: string,
	): Promise<DeliveryView & { readonly attempts: AttemptView[] }>;
	/** Deliveries by status over all workspaces, for the metrics. */
	countByStatus(): Promise<ReadonlyMap<string, number>>;
}

export function createLedgerReader(db: Kysely<Tables>): LedgerReader {
	return {
		async events(workspaceId, { cursor, limit, ...filter }) {
			const rows = await db
				.selectFrom('events')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where((e) => matches(e, filter))
				.$if(cursor !== undefined, (q) => q.where('id', '<', cursor as string))
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			return toPage(rows, limit, toEventView);
		},
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
							.where((events) => matches(events, filter)),
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
		async countByStatus() {
			const rows = await db
				.selectFrom('deliveries')
				.select(['status', (e) => e.fn.countAll<number>().as('count')])
				.groupBy('status')
				.execute();
			return new Map(rows.map(({ status, count }) => [status, Number(count)]));
		},
	};
}

function matches(
	e: ExpressionBuilder<Tables, 'events'>,
	{ tenantId, category, change }: EventFilter,
) {
	return e.and([
		...(tenantId === undefined ? [] : [e('events.tenant_id', '=', tenantId)]),
		...(category === undefined ? [] : [e('events.category', '=', category)]),
		...(change === undefined ? [] : [e('events.change', '=', change)]),
	]);
}

export type EventView = ReturnType<typeof toEventView>;
export type DeliveryView = ReturnType<typeof toDeliveryView>;
export type AttemptView = ReturnType<typeof toAttemptView>;

function toPage<Row extends { readonly id: string }, Item>(
	rows: readonly Row[],
	limit: number,
	toItem: (row: Row) => Item,
): Page<Item> {
	const shown = rows.slice(0, limit);
	const nextCursor = rows.length > limit ? (shown.at(-1)?.id ?? null) : null;
	return { items: shown.map(toItem), nextCursor };
}

function toEventView(row: Selectable<Tables['events']>) {
	return {
		id: row.id,
		tenantId: row.tenant_id,
		category: row.category,
		change: row.change,
		resourceId: row.resource_id,
		resourceUrl: row.resource_url,
		source: row.source,
		occurredAt: iso(row.occurred_at),
		receivedAt: iso(row.received_at),
		record: row.record_state,
	};
}

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
