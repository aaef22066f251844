import { Router } from 'express';
import type { AsidePayload } from '../../webhooks/asidePayloads';
import { NotFoundError } from '../../errors/requestErrors';
import { PAGE_ROWS } from '../show/pageRows';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import type { WorkspacePages } from './workspacePages';

const payloadsPage = pageTemplate<{
	at: string;
	payloads: readonly AsidePayload[];
	nextCursor: string | null;
}>('payloads');

const payloadPage = pageTemplate<{
	at: string;
	payload: AsidePayload;
	/** How it begins; bytes that are no text are shown as �. */
	content: string;
	isCut: boolean;
}>('payload');

/** Of a body that may have a megabyte: the whole of it is in the API. */
const SHOWN_BYTES = 10_000;

type PayloadPagesDeps = Pick<WorkspacePages, 'asidePayloads' | 'payloadChanges'>;

/** `/w/{slug}/payloads…`: what Xero sent and the hub could not route whole. */
export function createPayloadPages(pages: PayloadPagesDeps): Router {
	const { asidePayloads, payloadChanges } = pages;
	const routes = Router();

	routes.get('/payloads', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { cursor } = request.query;
		const page = await asidePayloads.list(workspace.id, {
			cursor: typeof cursor === 'string' ? cursor : undefined,
			limit: PAGE_ROWS,
		});
		showPage(
			response,
			payloadsPage,
			{ title: 'Payloads put aside', tab: 'events', workspace },
			{ at: `/w/${workspace.slug}`, payloads: page.items, nextCursor: page.nextCursor },
		);
	});

	routes.get('/payloads/:id', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { body, ...payload } = await asidePayloads.get(workspace.id, request.params.id);
		showPage(
			response,
			payloadPage,
			{ title: 'Payload', tab: 'events', workspace },
			{
				at: `/w/${workspace.slug}`,
				payload,
				content: body.subarray(0, SHOWN_BYTES).toString('utf8'),
				isCut: body.length > SHOWN_BYTES,
			},
		);
	});

	routes.post('/payloads/:change', requirePermission('connect'), async (request, response) => {
		const workspace = pageWorkspace(response);
		const { id } = request.body as { id?: unknown };
		const one = typeof id === 'string' ? id : undefined;
		const change = String(request.params['change']);
		if (change === 'route') {
			await payloadChanges.routeAgain(actorOf(response), workspace, one);
		} else if (change === 'dismiss') {
			await payloadChanges.dismiss(actorOf(response), workspace, one);
		} else throw new NotFoundError('Payloads can be routed again or dismissed.');
		const done = change === 'route' ? 'payloads_routed' : 'payloads_dismissed';
		response.redirect(303, `/w/${workspace.slug}/payloads?done=${done}`);
	});
	return routes;
}
