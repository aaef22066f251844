import type { ExpressionBuilder, Kysely } from 'kysely';
import { toPage, type Page, type PageRequest } from '../database/page';
import { firstIdAt } from '../database/newId';
import type { Tables } from '../database/tables';
import { NotFoundError } from '../errors/requestErrors';
import { findEntity, XERO_ENTITIES } from '../records/xeroEntities';
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

/** How many there are, counted to a bound. */
export interface BoundedCount {
	readonly count: number;
	/** There may be more: the bound was reached. */
	readonly isCut: boolean;
}

/** An event in the API's words. */
export type EventView = ReturnType<typeof toEventView>;

/** What changed in Xero, newest first, for people and for the API. */
export interface EventReader {
	events(
		workspaceId: string,
		page: PageRequest & EventFilter & { readonly oldestFirst?: boolean | undefined },
	): Promise<Page<EventView>>;
	/** Among the newest 10,000 of the time that is asked for. */
	count(workspaceId: string, filter: EventFilter): Promise<BoundedCount>;
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
	/** The newest 20 about records with that id, of whatever kind and organisation of the workspace. */
	eventsOfId(
		workspaceId: string,
		record: { readonly tenantIds: readonly string[]; readonly id: string },
	): Promise<readonly StoredEvent[]>;
	/** The types of event that there are among the newest 10,000, such as `INVOICE created`, in order. */
	eventTypes(workspaceId: string): Promise<readonly string[]>;
}

export function createEventReader(db: Kysely<Tables>): EventReader {
	return {
		async events(workspaceId, { cursor, limit, oldestFirst = false, ...filter }) {
			const rows = await db
				.selectFrom('events')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where((e) => eventMatches(e, filter))
				.$if(cursor !== undefined, (q) => q.where('id', oldestFirst ? '>' : '<', cursor as string))
				.orderBy('id', oldestFirst ? 'asc' : 'desc')
				.limit(limit + 1)
				.execute();
			return toPage(rows, limit, (row) => toEventView(readStoredEvent(row)));
		},

		async count(workspaceId, { since, until, ...filter }) {
			const newest = db
				.selectFrom('events')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where((e) => eventMatches(e, { since, until }))
				.orderBy('id', 'desc')
				.limit(LOOKED_AT)
				.as('events');
			const { all, matching } = await db
				.selectFrom(newest)
				.select((e) => [
					e.fn.countAll<number>().as('all'),
					e.fn
						.countAll<number>()
						.filterWhere(eventMatches(e as never, filter))
						.as('matching'),
				])
				.executeTakeFirstOrThrow();
			return { count: Number(matching), isCut: Number(all) >= LOOKED_AT };
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

		async eventsOfId(workspaceId, { tenantIds, id }) {
			if (tenantIds.length === 0) return [];
			const rows = await db
				.selectFrom('events')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', 'in', tenantIds)
				// Named, all of them: the index begins with the organisation and the category.
				.where(
					'category',
					'in',
					XERO_ENTITIES.map(({ category }) => category),
				)
				.where('resource_id', '=', id)
				.orderBy('id', 'desc')
				.limit(20)
				.execute();
			return rows.map(readStoredEvent);
		},

		async eventTypes(workspaceId) {
			const rows = await db
				.selectFrom(
					db
						.selectFrom('events')
						.select(['category', 'change'])
						.where('workspace_id', '=', workspaceId)
						.orderBy('id', 'desc')
						.limit(LOOKED_AT)
						.as('newest'),
				)
				.select(['category', 'change'])
				.distinct()
				.execute();
			return rows.map(({ category, change }) => `${category} ${change}`).sort();
		},
	};
}

/** Counting all of a busy workspace would take seconds. */
const LOOKED_AT = 10_000;

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
