import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import type { BoundedCount, EventView } from '../../events/eventReader';
import type { StoredEvent } from '../../events/StoredEvent';
import type { RecordSummary } from '../../records/recordSummary';
import { entityOfCategory } from '../../records/xeroEntities';
import { xeroLink } from '../../records/xeroLink';
import type { DeliveryOfEvent } from '../../relay/deliveryReader';
import { createStillSees } from '../access/stillSees';
import type { Workspace } from '../../workspaces/workspaceStore';
import type { WriteView } from '../../writes/writeReader';
import { deliveryTarget, statusFor } from '../views/deliveryTarget';
import { eventsCsv } from '../views/eventsCsv';
import { eventWords } from '../views/eventWords';
import { memberChanges, type MemberChange } from '../views/memberChanges';
import { outcomeDots, type OutcomeDot } from '../views/outcomeDots';
import { organisationNames } from '../views/organisationNames';
import { writeView, type ShownWrite } from '../views/writeView';
import { PAGE_ROWS } from '../show/pageRows';
import { jsonTree } from '../show/jsonTree';
import { pageTemplate, PAGE_HEADERS, showPage } from '../show/showPage';
import { textOf } from '../show/texts';
import { pageWorkspace, visitOf } from '../show/visit';
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
	/** By the workflows that got it, soon after. */
	readonly writes: readonly ShownWrite[];
	/** As HTML. */
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
	count: BoundedCount;
	nextCursor: string | null;
	isFirstPage: boolean;
	/** Some names come in a moment. */
	isAsking: boolean;
}>('events');

const eventPage = pageTemplate<{ at: string; selected: EventDetail }>('event');

/** What a workflow writes within that time of getting an event is likely to come of it. */
const WRITTEN_WITHIN_MS = 10 * 60_000;

const WRITES_SHOWN = 10;

/** `/w/{slug}/events…`: what changed in Xero. */
export function createEventPages(pages: WorkspacePages): Router {
	const { connections, summariseEvents } = pages;
	const stillSees = createStillSees(pages);
	const routes = Router();

	async function writesAfter(
		workspaceId: string,
		{ tenantId, receivedAt: since }: StoredEvent,
		made: readonly DeliveryOfEvent[],
	): Promise<readonly WriteView[]> {
		const got = made.filter(({ status }) => status === 'delivered');
		const workflows = new Set(got.flatMap(({ wish }) => wish?.key?.workflowId ?? []));
		const until = since + WRITTEN_WITHIN_MS;
		const found = await Promise.all(
			[...workflows]
				.slice(0, WRITES_SHOWN)
				.map((workflow) =>
					pages.writeReader.list(
						workspaceId,
						{ workflow, tenantId, since, until },
						{ limit: WRITES_SHOWN },
					),
				),
		);
		return found
			.flatMap(({ items }) => items)
			.toSorted((a, b) => (a.id < b.id ? 1 : -1))
			.slice(0, WRITES_SHOWN);
	}

	async function detailOf(
		workspace: Pick<Workspace, 'id' | 'slug'>,
		event: StoredEvent,
		summary: RecordSummary | undefined,
	): Promise<EventDetail> {
		const [nameOf, made] = await Promise.all([
			organisationNames(connections, workspace.id),
			pages.deliveries.deliveriesOf(workspace.id, event.id),
		]);
		const entity = entityOfCategory(event.category)?.entity;
		const isBill = entity === 'invoice' && event.record?.['Type'] === 'ACCPAY';
		return {
			event,
			what: eventWords(event),
			organisation: nameOf(event.tenantId),
			summary,
			changes: memberChanges(event),
			deliveries: made.map((delivery) => {
				const target = deliveryTarget(delivery.wish);
				return { ...delivery, target, shownStatus: statusFor(target, delivery) };
			}),
			writes: (await writesAfter(workspace.id, event, made)).map((write) =>
				writeView(write, { at: `/w/${workspace.slug}`, nameOf }),
			),
			original: jsonTree(event.original),
			record: event.record && jsonTree(event.record),
			recordPath: recordPath(event),
			xeroUrl: entity && xeroLink(isBill ? 'bill' : entity, event.resourceId, event.record ?? null),
		};
	}

	routes.get('/events', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { cursor, ...chosen } = EventQuery.parse(request.query);
		const wanted = toEventFilter(chosen, pages.now());
		const [page, count, nameOf, filter] = await Promise.all([
			pages.events.events(workspace.id, {
				...{ ...wanted, cursor, limit: PAGE_ROWS, oldestFirst: chosen.sort === 'oldest' },
			}),
			pages.events.count(workspace.id, wanted),
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
					what: eventWords(event),
					organisation: nameOf(event.tenantId),
					summary: summaries.get(event.id),
					source: event.source,
					receivedAt: textOf.iso(event.receivedAt),
					dots: outcomeDots(outcomes.get(event.id) ?? new Map()),
				})),
				selected: newest && (await detailOf(workspace, newest, summaries.get(newest.id))),
				...{ filter, count },
				nextCursor: page.nextCursor,
				isFirstPage: cursor === undefined,
				isAsking,
			},
		);
	});

	routes.get('/events.csv', async (request, response) => {
		const { id, slug } = pageWorkspace(response);
		const { cookie } = visitOf(response);
		const { sort, ...chosen } = EventQuery.parse(request.query);
		const lines = eventsCsv(pages, id, {
			filter: toEventFilter({ ...chosen, sort }, pages.now()),
			oldestFirst: sort === 'oldest',
			nameOf: await organisationNames(connections, id),
			maySee: () => stillSees(cookie, id),
		});
		response.set(PAGE_HEADERS).type('text/csv').attachment(`${slug}-events.csv`);
		await pipeline(Readable.from(lines), response);
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
				selected: await detailOf(workspace, event, summaries.get(event.id)),
			},
		);
	});
	return routes;
}

function recordPath({ tenantId, category, resourceId }: StoredEvent): string | undefined {
	const entity = entityOfCategory(category)?.entity;
	return entity && [tenantId, entity, resourceId].map(encodeURIComponent).join('/');
}
