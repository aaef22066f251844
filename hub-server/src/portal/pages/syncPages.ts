import { Router, type Response } from 'express';
import { z } from 'zod';
import { XERO_ENTITIES } from '../../records/xeroEntities';
import { connectionName } from '../../xero/connections/connectionName';
import type { Connection } from '../../xero/connections/connectionRows';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import { organisationNames } from '../views/organisationNames';
import { entityWords } from '../views/entityWords';
import { syncPlanView, type SyncPlanView } from '../views/syncPlanView';
import { gapListView, type GapListView } from '../views/gapListView';
import { streamView, type StreamView } from '../views/streamView';
import { createSyncReach, type SyncReachDeps } from './syncReach';
import type { WorkspacePages } from './workspacePages';

interface OrganisationLink {
	readonly id: string;
	readonly name: string;
}

const syncOffPage = pageTemplate<{ at: string; isHubOff: boolean; gaps: GapListView }>('syncOff');

const syncPage = pageTemplate<{
	at: string;
	base: string;
	organisation: OrganisationLink & { readonly enabled: boolean; readonly syncs: boolean };
	organisations: readonly OrganisationLink[];
	streams: readonly StreamView[];
	/** Entities without a stream. */
	others: readonly { entity: string; label: string }[];
	plan: SyncPlanView;
	records: number;
	isBusy: boolean;
	keepsRecords: boolean;
	gaps: GapListView;
	search: { text: string; isUnknown: boolean };
}>('sync');

type SyncPagesDeps = SyncReachDeps & Pick<WorkspacePages, 'organisationChanges' | 'gaps'>;

/** Most have none; who has many has one reason for them. */
const GAPS_A_PAGE = 10;

/** Where the list of gaps goes on. */
const GapsQuery = z.object({ gaps: z.string().max(100).optional().catch(undefined) });

/** What an id looks like inside of an address that was pasted. */
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** `/w/{slug}/sync…`: what is kept up to date on a schedule, by organisation. */
export function createSyncPages(pages: SyncPagesDeps): Router {
	const { organisationChanges, connections, knownRecords, gaps } = pages;
	const { side, baseOf, connectionOf, situationOf } = createSyncReach(pages);
	const routes = Router();
	const mayChange = requirePermission('connect');

	routes.get('/sync', async (request, response) => {
		const workspace = pageWorkspace(response);
		const held = await connections.list(workspace.id);
		const first = held.find(({ id }) => id === request.query['organisation']) ?? held[0];
		if (pages.sync !== undefined && first !== undefined) {
			response.redirect(303, `${baseOf(response)}/${first.id}`);
			return;
		}
		const nameOf = await organisationNames(connections, workspace.id);
		showPage(
			response,
			syncOffPage,
			{ title: 'Sync', tab: 'sync', workspace },
			{
				at: `/w/${workspace.slug}`,
				isHubOff: pages.sync === undefined,
				gaps: await gapsOf(response, { at: baseOf(response), nameOf }),
			},
		);
	});

	/** For who knows a stream by its id alone. */
	routes.get('/sync/streams/:stream', async (request, response) => {
		const found = await side().streams.get(pageWorkspace(response).id, request.params.stream);
		const { connectionId, id } = found.stream;
		response.redirect(303, `${baseOf(response)}/${connectionId}/streams/${id}`);
	});

	async function gapsOf(
		response: Response,
		view: Parameters<typeof gapListView>[1],
		tenantId?: string,
	): Promise<GapListView> {
		const { gaps: after } = GapsQuery.parse(response.req.query);
		const page = { cursor: after, limit: GAPS_A_PAGE, tenantId };
		return gapListView(await gaps.list(pageWorkspace(response).id, page), { ...view, after });
	}

	async function showSync(
		response: Response,
		connection: Connection,
		search = { text: '', isUnknown: false },
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const at = `${baseOf(response)}/${connection.id}`;
		const [held, missed, all, situation] = await Promise.all([
			connections.list(workspace.id),
			gapsOf(response, { at }, connection.tenantId),
			side().streams.ofConnection(workspace.id, connection.id),
			situationOf(connection),
		]);
		const order = XERO_ENTITIES.map(({ entity }) => entity);
		const streams = all
			.map((one) => streamView(one, situation))
			.sort((a, b) => order.indexOf(a.entity) - order.indexOf(b.entity));
		const has = new Set(streams.map(({ entity }) => entity));
		const name = connectionName(connection);
		showPage(
			response,
			syncPage,
			{ title: `Sync of ${name}`, tab: 'sync', workspace },
			{
				at,
				gaps: missed,
				base: `/w/${workspace.slug}`,
				organisation: { ...connection, name },
				organisations: held.map((one) => ({ id: one.id, name: connectionName(one) })),
				streams,
				others: order
					.filter((entity) => !has.has(entity))
					.map((entity) => ({ entity, label: entityWords(entity) })),
				plan: syncPlanView(situation.dayPlan, streams, situation.now),
				records: [...situation.records.values()].reduce((sum, count) => sum + count, 0),
				isBusy: streams.some(({ isBusy }) => isBusy),
				keepsRecords: side().keepsRecords,
				search,
			},
		);
	}

	routes.get('/sync/:connection', async (request, response) =>
		showSync(response, await connectionOf(request, response)),
	);

	routes.get('/sync/:connection/find', async (request, response) => {
		const connection = await connectionOf(request, response);
		const { slug } = pageWorkspace(response);
		const text = String(request.query['id'] ?? '')
			.trim()
			.slice(0, 500);
		const id = GUID.exec(text)?.[0] ?? text;
		const { workspaceId, tenantId } = connection;
		const [entity] = id === '' ? [] : await knownRecords.find(workspaceId, { tenantId, id });
		if (entity === undefined) {
			await showSync(response, connection, { text, isUnknown: id !== '' });
			return;
		}
		const path = [tenantId, entity, id].map(encodeURIComponent).join('/');
		response.redirect(303, `/w/${slug}/records/${path}`);
	});

	routes.post('/sync/:connection/:change', mayChange, async (request, response, next) => {
		const { change } = request.params;
		if (change !== 'enable' && change !== 'disable') {
			next();
			return;
		}
		const workspace = pageWorkspace(response);
		const { id } = await connectionOf(request, response);
		await organisationChanges.switchSyncs(actorOf(response), workspace, id, change === 'enable');
		if (change === 'enable') side().wake();
		response.redirect(303, `${baseOf(response)}/${id}?done=sync_${change}d`);
	});

	return routes;
}
