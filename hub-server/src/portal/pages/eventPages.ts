import { Readable } from 'node:stream';
import { Router } from 'express';
import type { EventView } from '../../events/eventReader';
import type { StoredEvent } from '../../events/StoredEvent';
import type { RecordSummary } from '../../records/recordSummary';
import { entityOfCategory } from '../../records/xeroEntities';
import { xeroLink } from '../../records/xeroLink';
import type { DeliveryOfEvent } from '../../relay/deliveryReader';
import { csvLine } from '../../writes/csvLine';
import { deliveryTarget, statusFor } from '../views/deliveryTarget';
import { memberChanges, type MemberChange } from '../views/memberChanges';
import { outcomeDots, type OutcomeDot } from '../views/outcomeDots';
import { organisationNames } from '../views/organisationNames';
import { PAGE_ROWS } from '../show/pageRows';
import { prettyJson } from '../show/prettyJson';
import { pageTemplate, showPage } from '../show/showPage';
import { textOf } from '../show/texts';
import { pageWorkspace } from '../show/visit';
import { EventQuery, filterView, toEventFilter, type FilterView } from './eventFilter';
import type { WorkspacePages } from './workspacePages';

interface EventRow {
	readonly id: string;
	/** Such as `Invoice paid`. */
	readonly what: string;
	readonly organisation: string;
	readonly summary: RecordSummary | undefined;
	readonly source: EventView['source'];
	/** ISO 8601, UTC. */
	readonly receivedAt: string;
	readonly dots: readonly OutcomeDot[];
}

interface EventDetail {
	readonly event: StoredEvent;
	readonly what: string;
	readonly organisation: string;
	readonly summary: RecordSummary | undefined;
	readonly changes: readonly MemberChange[];
	readonly deliveries: readonly DeliveryOfEvent[];
	readonly original: string;
	readonly record: string | undefined;
	/** Of the record's page; undefined for what is no record. */
	readonly recordPath: string | undefined;
	/** Into Xero; undefined for what has no page there. */
	readonly xeroUrl: string | undefined;
}

const eventsPage = pageTemplate<{
	at: string;
	events: readonly EventRow[];
	/** Shown beside the list where there is room; undefined where the list is empty. */
	selected: EventDetail | undefined;
	filter: FilterView;
	nextCursor: string | null;
	isFirstPage: boolean;
	/** Some names come in a moment. */
	isAsking: boolean;
}>('events');

const eventPage = pageTemplate<{ at: string; selected: EventDetail }>('event');

/** A file of more is no list that a person reads; `GET /api/v1/events` has all, page by page. */
const EXPORTED_AT_MOST = 10_000;

/** `/w/{slug}/events…`: what changed in Xero. */
export function createEventPages(pages: WorkspacePages): Router {
	const { connections, summariseEvents } = pages;
	const routes = Router();

	async function detailOf(
		workspaceId: string,
		event: StoredEvent,
		summary: RecordSummary | undefined,
	): Promise<EventDetail> {
		const [nameOf, made] = await Promise.all([
			organisationNames(connections, workspaceId),
			pages.deliveries.deliveriesOf(workspaceId, event.id),
		]);
		const entity = entityOfCategory(event.category)?.entity;
		const isBill = entity === 'invoice' && event.record?.['Type'] === 'ACCPAY';
		return {
			event,
			what: whatOf(event),
			organisation: nameOf(event.tenantId),
			summary,
			changes: memberChanges(event),
			deliveries: made.map((delivery) => {
				const target = deliveryTarget(delivery.wish);
				return { ...delivery, target, shownStatus: statusFor(target, delivery) };
			}),
			original: prettyJson(event.original),
			record: event.record && prettyJson(event.record),
			recordPath: recordPath(event),
			xeroUrl: entity && xeroLink(isBill ? 'bill' : entity, event.resourceId, event.record ?? null),
		};
	}

	routes.get('/events', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { cursor, ...chosen } = EventQuery.parse(request.query);
		const [page, nameOf, filter] = await Promise.all([
			pages.events.events(workspace.id, {
				...{ cursor, limit: PAGE_ROWS },
				...toEventFilter(chosen, pages.now()),
			}),
			organisationNames(connections, workspace.id),
			filterView(pages, workspace.id, chosen),
		]);
		const ids = page.items.map(({ id }) => id);
		const [stored, outcomes] = await Promise.all([
			pages.events.eventsById(workspace.id, ids),
			pages.deliveries.outcomesOf(workspace.id, ids),
		]);
		const events = ids.flatMap((id) => stored.get(id) ?? []);
		const { summaries, isAsking } = await summariseEvents(workspace.id, events);
		const [newest] = events;
		showPage(
			response,
			eventsPage,
			{ title: 'Events', tab: 'events', workspace },
			{
				at: `/w/${workspace.slug}`,
				events: events.map((event) => ({
					id: event.id,
					what: whatOf(event),
					organisation: nameOf(event.tenantId),
					summary: summaries.get(event.id),
					source: event.source,
					receivedAt: textOf.iso(event.receivedAt),
					dots: outcomeDots(outcomes.get(event.id) ?? new Map()),
				})),
				selected: newest && (await detailOf(workspace.id, newest, summaries.get(newest.id))),
				filter,
				nextCursor: page.nextCursor,
				isFirstPage: cursor === undefined,
				isAsking,
			},
		);
	});

	routes.get('/events.csv', async (request, response) => {
		const workspace = pageWorkspace(response);
		const filter = toEventFilter(EventQuery.parse(request.query), pages.now());
		const nameOf = await organisationNames(connections, workspace.id);

		async function* lines() {
			yield csvLine([
				'Received (UTC)',
				'Event',
				'Organisation',
				'Record',
				'Name',
				'Amount',
				'Currency',
				'Status',
				'Source',
				'Record id',
				'Event id',
			]);
			let cursor: string | undefined;
			for (let told = 0; told < EXPORTED_AT_MOST; told += PAGE_ROWS) {
				const page = await pages.events.events(workspace.id, {
					...filter,
					cursor,
					limit: PAGE_ROWS,
				});
				const ids = page.items.map(({ id }) => id);
				const stored = await pages.events.eventsById(workspace.id, ids);
				const events = ids.flatMap((id) => stored.get(id) ?? []);
				const { summaries } = await summariseEvents(workspace.id, events, { asksXero: false });
				for (const event of events) {
					const { number, name, amount, currency, status } = summaries.get(event.id) ?? {};
					yield csvLine([
						...[textOf.iso(event.receivedAt), whatOf(event), nameOf(event.tenantId)],
						...[number ?? null, name ?? null, amount ?? null, currency ?? null, status ?? null],
						...[event.source, event.resourceId, event.id],
					]);
				}
				if (page.nextCursor === null) return;
				cursor = page.nextCursor;
			}
		}
		response.set('Cache-Control', 'no-store').attachment(`${workspace.slug}-events.csv`);
		Readable.from(lines())
			.on('error', () => response.destroy())
			.pipe(response.type('csv'));
	});

	routes.get('/events/:id', async (request, response) => {
		const workspace = pageWorkspace(response);
		const event = await pages.events.event(workspace.id, request.params.id);
		const { summaries } = await summariseEvents(workspace.id, [event]);
		showPage(
			response,
			eventPage,
			{ title: 'Event', tab: 'events', workspace },
			{
				at: `/w/${workspace.slug}`,
				selected: await detailOf(workspace.id, event, summaries.get(event.id)),
			},
		);
	});
	return routes;
}

/** The most telling word for it: an invoice that is paid was updated, too. */
function whatOf({ types: [type], category, change }: StoredEvent): string {
	return textOf.words(type ?? `${category} ${change}`);
}

function recordPath({ tenantId, category, resourceId }: StoredEvent): string | undefined {
	const entity = entityOfCategory(category)?.entity;
	return entity && [tenantId, entity, resourceId].map(encodeURIComponent).join('/');
}
