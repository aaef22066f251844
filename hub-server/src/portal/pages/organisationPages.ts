import { Router, type Response } from 'express';
import { z } from 'zod';
import type { BrowserTies } from '../../administration/organisationChanges';
import { AppKeysMissingError } from '../../errors/xeroErrors';
import { connectionName } from '../../xero/connections/connectionName';
import type { Connection } from '../../xero/connections/connectionRows';
import { alertViews, isAboutOrganisations, type AlertView } from '../views/alertViews';
import type { GrantHealth } from '../views/portalReader';
import type { Notice } from '../show/notices';
import { askFirst, isConfirmed } from '../show/askFirst';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace, userOf, visitOf } from '../show/visit';
import { requirePermission } from '../show/visitors';
import type { DayBudget } from '../../xero/pacing/dayBudgets';
import type { WorkspacePages } from './workspacePages';

interface OrganisationView extends Connection {
	readonly name: string;
	readonly health: GrantHealth | undefined;
	/** ISO 8601, UTC; undefined while the grant works. */
	readonly stoppedAt: string | undefined;
	readonly budget: DayBudget | undefined;
}

const organisationsPage = pageTemplate<{
	at: string;
	alerts: readonly AlertView[];
	alertsAt: string;
	organisations: readonly OrganisationView[];
	hasKeys: boolean;
	connectUrl: string;
	connectLink: boolean;
}>('organisations');

const toXeroPage = pageTemplate<{ refresh: string; organisation: string | undefined }>('toXero');

const pickerPage = pageTemplate<{
	at: string;
	organisations: readonly (Connection & { name: string; isNew: boolean })[];
}>('picker');

const WritePolicyForm = z.object({ policy: z.enum(['none', 'drafts', 'all']) });

type OrganisationPagesDeps = Pick<
	WorkspacePages,
	| 'connections'
	| 'alerts'
	| 'appKeys'
	| 'reader'
	| 'readDayBudgets'
	| 'publicUrl'
	| 'organisationChanges'
	| 'confirmAnew'
	| 'workspaceChanges'
>;

/** `/w/{slug}/organisations…`: connect, choose, switch, reconnect, disconnect. */
export function createOrganisationPages(pages: OrganisationPagesDeps): Router {
	const { connections, alerts, appKeys, reader, readDayBudgets, publicUrl } = pages;
	const { organisationChanges, workspaceChanges, confirmAnew } = pages;
	const routes = Router();
	const mayConnect = requirePermission('connect');

	routes.get('/organisations', async (_request, response) => {
		const workspace = pageWorkspace(response);
		const base = `/w/${workspace.slug}`;
		const at = `${base}/organisations`;
		const [open, held, grants, keys] = await Promise.all([
			alerts.listOpen(workspace.id),
			connections.list(workspace.id),
			reader.grants(workspace.id),
			appKeys.view(workspace.id),
		]);
		const budgets = await readDayBudgets(held);
		showPage(
			response,
			organisationsPage,
			{ title: 'Organisations', tab: 'organisations', workspace },
			{
				at,
				alerts: alertViews(open.filter(isAboutOrganisations), held, base),
				alertsAt: at,
				organisations: held.map((connection, index) => ({
					...connection,
					name: connectionName(connection),
					health: grants.get(connection.grantId),
					// The alert is raised with the change of the grant's status.
					stoppedAt: open.find(({ subject }) => subject === connection.grantId)?.raisedAt,
					budget: budgets[index],
				})),
				hasKeys: keys !== undefined,
				connectUrl: `${publicUrl}/connect/${workspace.slug}`,
				connectLink: workspace.connectLink,
			},
		);
	});

	/** A page that leads the browser on; a form may not be redirected to Xero. */
	async function goToXero(
		response: Response,
		start: (ties: BrowserTies) => Promise<{ refresh: string; organisation: string | undefined }>,
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const ties = { browser: visitOf(response).cookie, userId: userOf(response).id };
		try {
			const frame = { title: 'On to Xero', tab: 'organisations', workspace };
			showPage(response, toXeroPage, frame, await start(ties));
		} catch (cause) {
			if (!(cause instanceof AppKeysMissingError)) throw cause;
			response.redirect(303, `/w/${workspace.slug}/app-keys`);
		}
	}

	routes.post('/connect', mayConnect, (_request, response) =>
		goToXero(response, async (ties) => {
			const by = actorOf(response);
			const workspace = pageWorkspace(response);
			const refresh = await organisationChanges.startConnect(by, workspace, ties);
			return { refresh, organisation: undefined };
		}),
	);
	routes.post('/organisations/:id/reconnect', mayConnect, (request, response) =>
		goToXero(response, async (ties) => {
			const by = actorOf(response);
			const workspace = pageWorkspace(response);
			const id = String(request.params['id']);
			const started = await organisationChanges.startReconnect(by, workspace, id, ties);
			return { refresh: started.authorizeUrl, organisation: connectionName(started.connection) };
		}),
	);

	routes.post('/connect-link/:change', mayConnect, async (request, response, next) => {
		const { slug } = pageWorkspace(response);
		const { change } = request.params;
		if (change !== 'enable' && change !== 'disable') {
			next();
			return;
		}
		await workspaceChanges.switchConnectLink(actorOf(response), slug, change === 'enable');
		response.redirect(303, `/w/${slug}/organisations?done=connect_link_${change}d`);
	});

	routes.post('/connect-app', mayConnect, async (_request, response) => {
		const workspace = pageWorkspace(response);
		const tenantIds = await organisationChanges.connectApp(actorOf(response), workspace);
		response.redirect(303, `/w/${workspace.slug}/connected?chosen=${tenantIds.join(',')}`);
	});

	routes.get('/connected', async (request, response) => {
		const workspace = pageWorkspace(response);
		const chosen = String(request.query['chosen'] ?? '').split(',');
		const held = await connections.list(workspace.id);
		const frame = { title: 'Connected to Xero', tab: 'organisations', workspace };
		showPage(response, pickerPage, frame, {
			at: `/w/${workspace.slug}`,
			organisations: held.map((connection) => ({
				...connection,
				name: connectionName(connection),
				isNew: chosen.includes(connection.tenantId),
			})),
		});
	});

	routes.post('/connected', mayConnect, async (request, response) => {
		const workspace = pageWorkspace(response);
		const { enabled } = request.body as { enabled?: string | string[] };
		const wanted = new Set([enabled ?? []].flat());
		for (const connection of await connections.list(workspace.id)) {
			const isWanted = wanted.has(connection.id);
			if (connection.enabled === isWanted) continue;
			await organisationChanges.switch(actorOf(response), workspace, connection.id, isWanted);
		}
		response.redirect(303, `/w/${workspace.slug}/organisations?done=organisations_saved`);
	});

	routes.post(
		'/organisations/:id/write-policy',
		requirePermission('administer'),
		confirmAnew,
		async (request, response) => {
			const workspace = pageWorkspace(response);
			const { policy } = WritePolicyForm.parse(request.body);
			await organisationChanges.setWritePolicy(
				...([actorOf(response), workspace, String(request.params['id']), policy] as const),
			);
			response.redirect(303, `/w/${workspace.slug}/organisations?done=write_policy_saved`);
		},
	);

	routes.post('/organisations/:id/:change', mayConnect, async (request, response, next) => {
		const { change } = request.params;
		const workspace = pageWorkspace(response);
		if (change !== 'enable' && change !== 'disable' && change !== 'remove') {
			next();
			return;
		}
		const connection = await connections.get(workspace.id, String(request.params['id']));
		if (change === 'remove' && !isConfirmed(request)) {
			askFirst(
				response,
				{ tab: 'organisations', workspace },
				{
					title: `Disconnect ${connectionName(connection)}?`,
					consequence:
						'Workflows of this workspace lose it at once. To use it again, somebody must connect it anew at Xero.',
					yes: `Disconnect ${connectionName(connection)}`,
					back: `/w/${workspace.slug}/organisations`,
				},
			);
			return;
		}
		const by = actorOf(response);
		let done: Notice = `organisation_${change}d`;
		if (change === 'remove') {
			const { atXero } = await organisationChanges.disconnect(by, workspace, connection.id);
			if (atXero.kind !== 'gone') done = `organisation_${atXero.kind}`;
		} else await organisationChanges.switch(by, workspace, connection.id, change === 'enable');
		response.redirect(303, `/w/${workspace.slug}/organisations?done=${done}`);
	});
	return routes;
}
