import { Router } from 'express';
import type { EventView } from '../../relay/ledgerReader';
import type { EventDetail } from '../views/portalReader';
import { organisationNames } from '../views/organisationNames';
import { prettyJson } from '../show/prettyJson';
import { recordLabel } from '../show/recordLabel';
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

const eventPage = pageTemplate<
	EventDetail & {
		at: string;
		organisation: string;
		label: string | undefined;
		original: string;
		record: string | undefined;
	}
>('event');

export const PAGE_ROWS = 50;

/** `/w/{slug}/events…`: what changed in Xero. */
export function createEventPages(pages: WorkspacePages): Router {
	const { ledger, reader, connections } = pages;
	const routes = Router();

	routes.get('/events', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { cursor, ...chosen } = EventQuery.parse(request.query);
		const [page, nameOf, filter] = await Promise.all([
			ledger.events(workspace.id, { cursor, limit: PAGE_ROWS, ...toEventFilter(chosen) }),
			organisationNames(connections, workspace.id),
			filterView(pages, workspace.id, chosen),
		]);
		const rows = await reader.eventsById(
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
					label: recordLabel(rows.get(event.id)?.record ?? null),
				})),
				filter,
				nextCursor: page.nextCursor,
				isFirstPage: cursor === undefined,
			},
		);
	});

	routes.get('/events/:id', async (request, response) => {
		const workspace = pageWorkspace(response);
		const [detail, nameOf] = await Promise.all([
			reader.event(workspace.id, request.params.id),
			organisationNames(connections, workspace.id),
		]);
		const { event } = detail;
		showPage(
			response,
			eventPage,
			{ title: 'Event', tab: 'events', workspace },
			{
				...detail,
				at: `/w/${workspace.slug}`,
				organisation: nameOf(event.tenant_id),
				label: recordLabel(event.record),
				original: prettyJson(event.original),
				record: event.record === null ? undefined : prettyJson(event.record),
			},
		);
	});
	return routes;
}
