import { Router } from 'express';
import type { EventView } from '../../events/eventReader';
import type { StoredEvent } from '../../events/StoredEvent';
import { entityOfCategory } from '../../records/xeroEntities';
import type { DeliveryOfEvent } from '../../relay/deliveryReader';
import { deliveryTarget, statusFor } from '../views/deliveryTarget';
import { organisationNames } from '../views/organisationNames';
import { PAGE_ROWS } from '../show/pageRows';
import { prettyJson } from '../show/prettyJson';
import { recordLabel } from '../../records/recordLabel';
import { pageTemplate, showPage } from '../show/showPage';
import { pageWorkspace } from '../show/visit';
import { EventQuery, filterView, toEventFilter, type FilterView } from './eventFilter';
import type { WorkspacePages } from './workspacePages';

const eventsPage = pageTemplate<{
	at: string;
	events: readonly (EventView & { organisation: string; label: string | undefined })[];
	filter: FilterView;
	nextCursor: string | null;
	isFirstPage: boolean;
}>('events');

const eventPage = pageTemplate<{
	at: string;
	event: StoredEvent;
	deliveries: readonly DeliveryOfEvent[];
	organisation: string;
	label: string | undefined;
	original: string;
	record: string | undefined;
	/** Of the record's page; undefined for what is no record. */
	recordPath: string | undefined;
}>('event');

/** `/w/{slug}/events…`: what changed in Xero. */
export function createEventPages(pages: WorkspacePages): Router {
	const { connections } = pages;
	const routes = Router();

	routes.get('/events', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { cursor, ...chosen } = EventQuery.parse(request.query);
		const [page, nameOf, filter] = await Promise.all([
			pages.events.events(workspace.id, { cursor, limit: PAGE_ROWS, ...toEventFilter(chosen) }),
			organisationNames(connections, workspace.id),
			filterView(pages, workspace.id, chosen),
		]);
		const stored = await pages.events.eventsById(
			workspace.id,
			page.items.map(({ id }) => id),
		);
		showPage(
			response,
			eventsPage,
			{ title: 'Events', tab: 'events', workspace },
			{
				at: `/w/${workspace.slug}`,
				events: page.items.map((event) => ({
					...event,
					organisation: nameOf(event.tenantId),
					label: recordLabel(stored.get(event.id)?.record),
				})),
				filter,
				nextCursor: page.nextCursor,
				isFirstPage: cursor === undefined,
			},
		);
	});

	routes.get('/events/:id', async (request, response) => {
		const workspace = pageWorkspace(response);
		const [event, nameOf] = await Promise.all([
			pages.events.event(workspace.id, request.params.id),
			organisationNames(connections, workspace.id),
		]);
		const made = await pages.deliveries.deliveriesOf(workspace.id, event.id);
		showPage(
			response,
			eventPage,
			{ title: 'Event', tab: 'events', workspace },
			{
				at: `/w/${workspace.slug}`,
				event,
				deliveries: made.map((delivery) => {
					const target = deliveryTarget(delivery.wish);
					return { ...delivery, target, shownStatus: statusFor(target, delivery) };
				}),
				organisation: nameOf(event.tenantId),
				label: recordLabel(event.record),
				original: prettyJson(event.original),
				record: event.record && prettyJson(event.record),
				recordPath: recordPath(event),
			},
		);
	});
	return routes;
}

function recordPath({ tenantId, category, resourceId }: StoredEvent): string | undefined {
	const entity = entityOfCategory(category)?.entity;
	return entity && [tenantId, entity, resourceId].map(encodeURIComponent).join('/');
}
