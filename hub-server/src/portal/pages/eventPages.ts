import { Router, type Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { BoundedCount } from '../../events/eventReader';
import type { StoredEvent } from '../../events/StoredEvent';
import { entityOfCategory } from '../../records/xeroEntities';
import { xeroLink } from '../../records/xeroLink';
import type { AttemptView, DeliveryOfEvent } from '../../relay/deliveryReader';
import { createStillSees } from '../access/stillSees';
import { jsonTree } from '../show/jsonTree';
import { PAGE_ROWS } from '../show/pageRows';
import { prettyJson } from '../show/prettyJson';
import { pageTemplate, PAGE_HEADERS, showPage } from '../show/showPage';
import { textOf } from '../show/texts';
import { pageWorkspace, visitOf } from '../show/visit';
import { changedMembers, type ChangedMember } from '../views/changeView';
import { deliveryTarget, statusFor, type DeliveryTarget } from '../views/deliveryTarget';
import {
	amountOf,
	eventRow,
	eventType,
	summaryLabel,
	toName,
	type Amount,
	type EventRow,
} from '../views/eventRow';
import { eventsCsv } from '../views/eventsCsv';
import { organisationNames } from '../views/organisationNames';
import { writeView, type ShownWrite } from '../views/writeView';
import { EventQuery, filterView, toEventFilter, type FilterView } from './eventFilter';
import type { WorkspacePages } from './workspacePages';

interface EventList {
	readonly rows: readonly EventRow[];
	readonly count: BoundedCount;
	readonly filter: FilterView;
	readonly nextCursor: string | null;
	readonly isFirstPage: boolean;
	/** Names are being read: where the list is to be asked for once more. */
	readonly again: string | undefined;
}

interface EventDetail {
	readonly event: StoredEvent;
	readonly what: string;
	readonly type: string;
	readonly label: string | undefined;
	readonly amount: Amount | undefined;
	readonly status: string | undefined;
	readonly organisation: string;
	readonly changes: readonly ChangedMember[];
	readonly deliveries: readonly (DeliveryOfEvent & {
		readonly target: DeliveryTarget;
		readonly shownStatus: ReturnType<typeof statusFor>;
		/** The last one; undefined where there is none, or the event has many deliveries. */
		readonly answer: AttemptView | undefined;
	})[];
	/** By the workflows that got it, soon after. */
	readonly writes: readonly ShownWrite[];
	/** As HTML. */
	readonly original: string;
	readonly originalText: string;
	readonly record: string | undefined;
	readonly recordText: string | undefined;
	/** Of the record's page; undefined for what is no record. */
	readonly recordPath: string | undefined;
	readonly xeroUrl: string | undefined;
}

const eventsPage = pageTemplate<{
	at: string;
	list: EventList;
	/** Undefined where none is chosen. */
	detail: EventDetail | undefined;
}>('events');

/** Enough of an event's deliveries for the eye; each is a read of its attempts. */
const ANSWERS_SHOWN = 10;

/** What a workflow writes within that time of getting an event is likely to come of it. */
const WRITTEN_WITHIN_MS = 10 * 60_000;

const WRITES_SHOWN = 10;

/** `/w/{slug}/events…`: what changed in Xero. */
export function createEventPages(pages: WorkspacePages): Router {
	const { connections, events, deliveries, readSummaries, writeReader, now } = pages;
	const stillSees = createStillSees(pages);
	const routes = Router();

	async function listOf(response: Response): Promise<EventList> {
		const { id, slug } = pageWorkspace(response);
		const { cursor, named, ...chosen } = EventQuery.parse(response.req.query);
		const wanted = toEventFilter(chosen, now());
		const [page, count, nameOf, filter] = await Promise.all([
			events.events(id, {
				...wanted,
				...{ cursor, limit: PAGE_ROWS, oldestFirst: chosen.sort === 'oldest' },
			}),
			events.count(id, wanted),
			organisationNames(connections, id),
			filterView(pages, id, chosen),
		]);
		const ids = page.items.map((event) => event.id);
		const [stored, outcomes] = await Promise.all([
			events.eventsById(id, ids),
			deliveries.statusesOf(id, ids),
		]);
		const found = ids.flatMap((one) => stored.get(one) ?? []);
		const summaries = await readSummaries(id, found.map(toName), { mayAsk: named === undefined });
		const here = `/w/${slug}/events?named=1${filter.query}`;
		return {
			rows: found.map((event) =>
				eventRow(event, { summaries, nameOf, outcomes: outcomes.get(event.id) ?? [] }),
			),
			...{ count, filter, nextCursor: page.nextCursor, isFirstPage: cursor === undefined },
			again: summaries.isReading
				? here + (cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`)
				: undefined,
		};
	}

	async function detailOf(response: Response, eventId: string): Promise<EventDetail> {
		const { id, slug } = pageWorkspace(response);
		const [event, nameOf] = await Promise.all([
			events.event(id, eventId),
			organisationNames(connections, id),
		]);
		const [made, summaries] = await Promise.all([
			deliveries.deliveriesOf(id, event.id),
			readSummaries(id, [toName(event)]),
		]);
		const shown = await Promise.all(
			made.map(async (delivery, index) => {
				const target = deliveryTarget(delivery.wish);
				const isRead = index < ANSWERS_SHOWN;
				const answer = isRead
					? (await deliveries.delivery(id, delivery.id)).attempts.at(-1)
					: undefined;
				return { ...delivery, target, answer, shownStatus: statusFor(target, delivery) };
			}),
		);
		const entity = entityOfCategory(event.category)?.entity;
		const summary = summaries.of(toName(event));
		const type = eventType(event);
		const at = `/w/${slug}`;
		return {
			...{ event, type, what: textOf.words(type), organisation: nameOf(event.tenantId) },
			...{ label: summaryLabel(summary), amount: amountOf(summary) },
			status: summary?.status ?? undefined,
			changes: changedMembers(event),
			deliveries: shown,
			writes: (await writesAfter(id, event, shown)).map((one) => writeView(one, { at, nameOf })),
			original: jsonTree(event.original),
			originalText: prettyJson(event.original),
			record: event.record && jsonTree(event.record),
			recordText: event.record && prettyJson(event.record),
			recordPath:
				entity && [event.tenantId, entity, event.resourceId].map(encodeURIComponent).join('/'),
			xeroUrl:
				entity && xeroLink(linkedAs(entity, event.record), event.resourceId, event.record ?? null),
		};
	}

	async function writesAfter(id: string, event: StoredEvent, made: readonly DeliveryOfEvent[]) {
		const workflows = new Set(
			made.flatMap(({ status, wish }) => (status === 'delivered' ? (wish?.key?.workflowId ?? []) : [])),
		);
		const found = await Promise.all(
			[...workflows].slice(0, ANSWERS_SHOWN).map((workflow) =>
				writeReader.list(
					id,
					{
						...{ workflow, tenantId: event.tenantId, since: event.receivedAt },
						until: event.receivedAt + WRITTEN_WITHIN_MS,
					},
					{ limit: WRITES_SHOWN },
				),
			),
		);
		return found
			.flatMap(({ items }) => items)
			.toSorted((a, b) => (a.id < b.id ? 1 : -1))
			.slice(0, WRITES_SHOWN);
	}

	routes.get('/events', async (_request, response) => {
		const workspace = pageWorkspace(response);
		const list = await listOf(response);
		const frame = { title: 'Events', tab: 'events', workspace };
		showPage(response, eventsPage, frame, {
			at: `/w/${workspace.slug}`,
			list,
			detail: undefined,
		});
	});

	routes.get('/events.csv', async (request, response) => {
		const { id } = pageWorkspace(response);
		const { sort, ...chosen } = EventQuery.parse(request.query);
		const nameOf = await organisationNames(connections, id);
		const { cookie } = visitOf(response);
		const lines = eventsCsv(pages, id, {
			filter: toEventFilter({ ...chosen, sort }, now()),
			oldestFirst: sort === 'oldest',
			nameOf,
			maySee: () => stillSees(cookie, id),
		});
		response.set(PAGE_HEADERS).type('text/csv').attachment('events.csv');
		await pipeline(Readable.from(lines), response);
	});

	routes.get('/events/:id', async (request, response) => {
		const workspace = pageWorkspace(response);
		const detail = await detailOf(response, request.params.id);
		const list = await listOf(response);
		const frame = { title: detail.what, tab: 'events', workspace };
		showPage(response, eventsPage, frame, { at: `/w/${workspace.slug}`, list, detail });
	});
	return routes;
}

/** A bill stands at another address of Xero's than a sales invoice. */
function linkedAs(entity: string, record: StoredEvent['record']): string {
	return entity === 'invoice' && record?.['Type'] === 'ACCPAY' ? 'bill' : entity;
}
