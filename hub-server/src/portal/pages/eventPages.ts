import { Router } from 'express';
import { z } from 'zod';
import type { EventView } from '../../ledger/ledgerReader';
import type { EventDetail } from '../portalReader';
import { organisationNames } from '../organisationNames';
import { prettyJson } from '../show/prettyJson';
import { pageTemplate, showPage } from '../show/showPage';
import { pageWorkspace } from '../show/visit';
import type { WorkspacePages } from './workspacePages';

const eventsPage = pageTemplate<{
	at: string;
	events: readonly (EventView & { organisation: string })[];
	nextCursor: string | null;
	isFirstPage: boolean;
}>('events');

const eventPage = pageTemplate<
	EventDetail & {
		at: string;
		organisation: string;
		original: string;
		record: string | undefined;
	}
>('event');

export const Cursor = z.object({ cursor: z.string().max(100).optional().catch(undefined) });

export const PAGE_ROWS = 50;

/** `/w/{slug}/events…`: what changed in Xero. */
export function createEventPages({ ledger, reader, connections }: WorkspacePages): Router {
	const routes = Router();

	routes.get('/events', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { cursor } = Cursor.parse(request.query);
		const [page, nameOf] = await Promise.all([
			ledger.events(workspace.id, { cursor, limit: PAGE_ROWS }),
			organisationNames(connections, workspace.id),
		]);
		showPage(
			response,
			eventsPage,
			{ title: 'Events', tab: 'events', workspace },
			{
				at: `/w/${workspace.slug}`,
				events: page.items.map((event) => ({ ...event, organisation: nameOf(event.tenantId) })),
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
				original: prettyJson(event.original),
				record: event.record === null ? undefined : prettyJson(event.record),
			},
		);
	});
	return routes;
}
