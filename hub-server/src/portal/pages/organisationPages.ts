import { Router, type RequestHandler } from 'express';
import { AppKeysMissingError } from '../../errors/xeroErrors';
import type { Connection } from '../../xero/connections/connectionRows';
import { alertViews, isAboutOrganisations, type AlertView } from '../views/alertViews';
import type { GrantHealth } from '../views/portalReader';
import type { Notice } from '../show/notices';
import { askFirst, isConfirmed } from '../show/askFirst';
import { pageTemplate, showPage } from '../show/showPage';
import { pageWorkspace, userOf, visitOf } from '../show/visit';
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

/** `/w/{slug}/organisations…`: connect, choose, switch, reconnect, disconnect. */
export function createOrganisationPages(pages: WorkspacePages): Router {
	const { connections, alerts, appKeys, reader, audit, disconnect, startConnect, connectApp } =
		pages;
	const { readDayBudgets, workspaces, publicUrl } = pages;
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
					name: nameOf(connection),
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

	const goToXero = (find: (id: string, connectionId: string) => Promise<Connection | undefined>) =>
		async function toXero(request, response) {
			const workspace = pageWorkspace(response);
			const connection = await find(workspace.id, String(request.params['id'] ?? ''));
			try {
				const refresh = await startConnect(workspace.id, {
					browser: visitOf(response).cookie,
					userId: userOf(response).id,
					tenantId: connection?.tenantId,
				});
				await audit.append({
					actor: userOf(response).email,
					workspace: workspace.slug,
					action: connection ? 'organisation.reconnect_started' : 'organisation.connect_started',
					...(connection && { detail: { organisation: nameOf(connection) } }),
				});
				const organisation = connection && nameOf(connection);
				const frame = { title: 'On to Xero', tab: 'organisations', workspace };
				showPage(response, toXeroPage, frame, { refresh, organisation });
			} catch (cause) {
				if (!(cause instanceof AppKeysMissingError)) throw cause;
				response.redirect(303, `/w/${workspace.slug}/app-keys`);
			}
		} satisfies RequestHandler;

	routes.post(
		'/connect',
		mayConnect,
		goToXero(() => Promise.resolve(undefined)),
	);
	routes.post(
		'/organisations/:id/reconnect',
		mayConnect,
		goToXero((workspaceId, id) => connections.get(workspaceId, id)),
	);

	routes.post('/connect-link/:change', mayConnect, async (request, response, next) => {
		const { slug } = pageWorkspace(response);
		const { change } = request.params;
		if (change !== 'enable' && change !== 'disable') {
			next();
			return;
		}
		await workspaces.update(slug, { connectLink: change === 'enable' });
		await audit.append({
			actor: userOf(response).email,
			workspace: slug,
			action: `connect_link.${change}d`,
		});
		response.redirect(303, `/w/${slug}/organisations?done=connect_link_${change}d`);
	});

	routes.post('/connect-app', mayConnect, async (_request, response) => {
		const workspace = pageWorkspace(response);
		const tenantIds = await connectApp(workspace.id);
		await audit.append({
			actor: userOf(response).email,
			workspace: workspace.slug,
			action: 'organisation.connected',
			detail: { organisations: tenantIds.join(', '), by: 'Custom Connection' },
		});
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
				name: nameOf(connection),
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
			await connections.setEnabled(workspace.id, connection.id, isWanted);
			await audit.append({
				actor: userOf(response).email,
				workspace: workspace.slug,
				action: isWanted ? 'organisation.enabled' : 'organisation.disabled',
				detail: { organisation: nameOf(connection) },
			});
		}
		response.redirect(303, `/w/${workspace.slug}/organisations?done=organisations_saved`);
	});

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
					title: `Disconnect ${nameOf(connection)}?`,
					consequence:
						'Workflows of this workspace lose it at once. To use it again, somebody must connect it anew at Xero.',
					yes: `Disconnect ${nameOf(connection)}`,
					back: `/w/${workspace.slug}/organisations`,
				},
			);
			return;
		}
		let done: Notice = `organisation_${change}d`;
		if (change === 'remove') {
			const { kind } = await disconnect(workspace.id, connection.id);
			if (kind !== 'gone') done = `organisation_${kind}`;
		} else await connections.setEnabled(workspace.id, connection.id, change === 'enable');
		await audit.append({
			actor: userOf(response).email,
			workspace: workspace.slug,
			action: `organisation.${change}d`,
			detail: {
				organisation: nameOf(connection),
				...(done === 'organisation_left' && { atXero: 'still connected' }),
			},
		});
		response.redirect(303, `/w/${workspace.slug}/organisations?done=${done}`);
	});
	return routes;
}

function nameOf({ tenantName, tenantId }: Connection): string {
	return tenantName ?? tenantId;
}
