import { Router, type Response } from 'express';
import { XERO_ENTITIES } from '../../records/xeroEntities';
import { connectionName } from '../../xero/connections/connectionName';
import type { Connection } from '../../xero/connections/connectionRows';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import { entityWords } from '../views/entityWords';
import { syncPlanView, type SyncPlanView } from '../views/syncPlanView';
import { streamView, type StreamView } from '../views/streamView';
import { createSyncReach, type SyncReachDeps } from './syncReach';
import type { WorkspacePages } from './workspacePages';

interface OrganisationLink {
	readonly id: string;
	readonly name: string;
}

const syncOffPage = pageTemplate<{ at: string; isHubOff: boolean }>('syncOff');

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
	search: { text: string; isUnknown: boolean };
}>('sync');

type SyncPagesDeps = SyncReachDeps & Pick<WorkspacePages, 'organisationChanges'>;

/** What an id looks like inside of an address that was pasted. */
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** `/w/{slug}/sync…`: what is kept up to date on a schedule, by organisation. */
export function createSyncPages(pages: SyncPagesDeps): Router {
	const { organisationChanges, connections, knownRecords } = pages;
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
		showPage(
			response,
			syncOffPage,
			{ title: 'Sync', tab: 'sync', workspace },
			{ at: `/w/${workspace.slug}`, isHubOff: pages.sync === undefined },
		);
	});

	async function showSync(
		response: Response,
		connection: Connection,
		search = { text: '', isUnknown: false },
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const [held, all, situation] = await Promise.all([
			connections.list(workspace.id),
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
				at: `${baseOf(response)}/${connection.id}`,
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
