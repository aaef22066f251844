import type { ExpressionBuilder, Kysely } from 'kysely';
import { firstIdAt } from '../database/newId';
import { toPage, type Page, type PageRequest } from '../database/page';
import type { Tables } from '../database/tables';
import { NotFoundError } from '../errors/requestErrors';
import { findEntity } from '../records/xeroEntities';
import { readStoredEvent } from './readStoredEvent';
import type { StoredEvent } from './StoredEvent';

/** Which events are looked for; what is left out does not matter. */
export interface EventFilter {
	readonly tenantId?: string | undefined;
	/** One of these. */
	readonly tenantIds?: readonly string[] | undefined;
	/** Xero's eventCategory, upper case. */
	readonly category?: string | undefined;
	readonly change?: StoredEvent['change'] | undefined;
	/** Received at this time or later, and before; epoch milliseconds. */
	readonly since?: number | undefined;
	readonly until?: number | undefined;
}

/** An event in the API's words. */
export type EventView = ReturnType<typeof toEventView>;

/** What changed in Xero, newest first, for people and for the API. */
export interface EventReader {
	events(workspaceId: string, page: PageRequest & EventFilter): Promise<Page<EventView>>;
	/** @throws NotFoundError */
	event(workspaceId: string, id: string): Promise<StoredEvent>;
	/** Events that several rows point at, by id. */
	eventsById(
		workspaceId: string,
		ids: readonly string[],
	): Promise<ReadonlyMap<string, StoredEvent>>;
	/** The last 20 about one record, newest first, under the record's entity. */
	eventsOfRecord(
		workspaceId: string,
		record: { readonly tenantId: string; readonly entity: string; readonly id: string },
	): Promise<
		readonly {
			readonly id: string;
			readonly type: string;
			readonly source: StoredEvent['source'];
			/** ISO 8601, UTC. */
			readonly occurredAt: string;
		}[]
	>;
	/** The types of event that there are, such as `INVOICE created`, in order. */
	eventTypes(workspaceId: string): Promise<readonly string[]>;
}

export function createEventReader(db: Kysely<Tables>): EventReader {
	return {
		async events(workspaceId, { cursor, limit, ...filter }) {
			const rows = await db
				.selectFrom('events')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where((e) => eventMatches(e, filter))
				.$if(cursor !== undefined, (q) => q.where('id', '<', cursor as string))
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			return toPage(rows, limit, (row) => toEventView(readStoredEvent(row)));
		},

		async event(workspaceId, id) {
			const row = await db
				.selectFrom('events')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', id)
				.executeTakeFirst();
			if (!row) throw new NotFoundError(`The workspace has no event "${id}".`);
			return readStoredEvent(row);
		},

		async eventsById(workspaceId, ids) {
			if (ids.length === 0) return new Map();
			const rows = await db
				.selectFrom('events')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where('id', 'in', [...new Set(ids)])
				.execute();
			return new Map(rows.map((row) => [row.id, readStoredEvent(row)]));
		},

		async eventsOfRecord(workspaceId, { tenantId, entity, id }) {
			const rows = await db
				.selectFrom('events')
				.select(['id', 'change', 'source', 'occurred_at'])
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', '=', tenantId)
				.where('category', '=', findEntity(entity)?.category ?? '')
				.where('resource_id', '=', id)
				.orderBy('id', 'desc')
				.limit(20)
				.execute();
			return rows.map((row) => ({
				id: row.id,
				type: `${entity}.${row.change}`,
				source: row.source,
				occurredAt: new Date(row.occurred_at).toISOString(),
			}));
		},

		async eventTypes(workspaceId) {
			const rows = await db
				.selectFrom('events')
				.select(['category', 'change'])
				.distinct()
				.where('workspace_id', '=', workspaceId)
				.execute();
			return rows.map(({ category, change }) => `${category} ${change}`).sort();
		},
	};
}

/** For a `where` over events. */
export function eventMatches(
	e: ExpressionBuilder<Tables, 'events'>,
	{ tenantId, tenantIds, category, change, since, until }: EventFilter,
) {
	return e.and([
		...(tenantId === undefined ? [] : [e('events.tenant_id', '=', tenantId)]),
		...(tenantIds === undefined ? [] : [e('events.tenant_id', 'in', tenantIds)]),
		...(category === undefined ? [] : [e('events.category', '=', category)]),
		...(change === undefined ? [] : [e('events.change', '=', change)]),
		// Ids are made as events are received, and are what the lists are in the order of.
		...(since === undefined ? [] : [e('events.id', '>=', firstIdAt(since))]),
		...(until === undefined ? [] : [e('events.id', '<', firstIdAt(until))]),
	]);
}

function toEventView(event: StoredEvent) {
	return {
		id: event.id,
		tenantId: event.tenantId,
		category: event.category,
		change: event.change,
		resourceId: event.resourceId,
		resourceUrl: event.resourceUrl,
		source: event.source,
		occurredAt: new Date(event.occurredAt).toISOString(),
		receivedAt: new Date(event.receivedAt).toISOString(),
		sameAs: event.sameAs,
		record: event.recordState,
	};
}
