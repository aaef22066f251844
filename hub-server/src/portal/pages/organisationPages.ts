import { Router, type Response } from 'express';
import { z } from 'zod';
import type { BrowserTies } from '../../administration/organisationChanges';
import { AppKeysMissingError } from '../../errors/xeroErrors';
import { connectionName } from '../../xero/connections/connectionName';
import type { Connection } from '../../xero/connections/connectionRows';
import { alertViews, isAboutOrganisations, type AlertView } from '../views/alertViews';
import type { GrantHealth } from '../views/portalReader';
import { connectLinkForm, usualLastDay } from '../../administration/connectLinkRequests';
import type { ConnectLink } from '../../connect/connectLinks';
import type { Notice } from '../show/notices';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
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
	publicUrl: string | undefined;
	links: readonly ConnectLink[];
	/** Shown this once. */
	made: string | undefined;
	lastDay: string;
	form: FormState;
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
	| 'connectLinks'
	| 'connectLinkChanges'
	| 'now'
>;

/** `/w/{slug}/organisations…`: connect, choose, switch, reconnect, disconnect. */
export function createOrganisationPages(pages: OrganisationPagesDeps): Router {
	const { connections, alerts, appKeys, reader, readDayBudgets, publicUrl } = pages;
	const { organisationChanges, workspaceChanges, connectLinks, connectLinkChanges, now } = pages;
	const { confirmAnew } = pages;
	const routes = Router();
	const mayConnect = requirePermission('connect');

	async function showAll(
		response: Response,
		form: FormState = EMPTY_FORM,
		made?: string,
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const base = `/w/${workspace.slug}`;
		const at = `${base}/organisations`;
		const [open, held, grants, keys, links] = await Promise.all([
			alerts.listOpen(workspace.id),
			connections.list(workspace.id),
			reader.grants(workspace.id),
			appKeys.view(workspace.id),
			connectLinks.list(workspace.id),
		]);
		const budgets = await readDayBudgets(held);
		showPage(
			response,
			organisationsPage,
			{
				title: 'Organisations',
				tab: 'organisations',
				workspace,
				...(form !== EMPTY_FORM && { status: 422 }),
			},
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
				publicUrl: workspace.connectLink ? `${publicUrl}/connect/${workspace.slug}` : undefined,
				...{ links, made, form },
				lastDay: usualLastDay(now()),
			},
		);
	}

	routes.get('/organisations', (_request, response) => showAll(response));

	routes.post('/connect-links', mayConnect, async (request, response) => {
		const read = readForm(request, connectLinkForm(now));
		if (!read.ok) return showAll(response, read.form);
		const workspace = pageWorkspace(response);
		const { id } = userOf(response);
		const { url } = await connectLinkChanges.create(actorOf(response), workspace, read.value, id);
		return showAll(response, EMPTY_FORM, url);
	});

	routes.post('/connect-links/:id/end', mayConnect, async (request, response) => {
		const workspace = pageWorkspace(response);
		await connectLinkChanges.end(actorOf(response), workspace, String(request.params['id']));
		response.redirect(303, `/w/${workspace.slug}/organisations?done=connect_link_ended`);
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

	routes.post('/connect-link/disable', mayConnect, async (_request, response) => {
		const { slug } = pageWorkspace(response);
		await workspaceChanges.endPublicLink(actorOf(response), slug);
		response.redirect(303, `/w/${slug}/organisations?done=connect_link_disabled`);
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
			organisations: held
				.filter(({ heldAt }) => heldAt === undefined)
				.map((connection) => ({
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
			if (connection.heldAt !== undefined) continue;
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
		const connection = await connections.get(workspace.id, String(request.params['id']));
		const at = `/w/${workspace.slug}/organisations`;
		if (change === 'replace' && !isConfirmed(request)) {
			askFirst(response, { tab: 'organisations', workspace }, replaceQuestion(connection, at));
			return;
		}
		if (change === 'confirm' || change === 'replace' || change === 'decline') {
			await organisationChanges[change](actorOf(response), workspace, connection.id);
			response.redirect(303, `${at}?done=${DECIDED[change]}`);
			return;
		}
		if (change !== 'enable' && change !== 'disable' && change !== 'remove') {
			next();
			return;
		}
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

const DECIDED = {
	confirm: 'organisation_confirmed',
	replace: 'organisation_replaced',
	decline: 'organisation_declined',
} as const satisfies Record<string, Notice>;

function replaceQuestion(connection: Connection, back: string) {
	const name = connectionName(connection);
	return {
		title: `Let another Xero user take over ${name}?`,
		consequence:
			'From then on the hub reads and writes there as that user, with what they may do at Xero, and the access of whoever connected it before is not used any more. Do it when you know who asked: because the bookkeeper left, say.',
		yes: `Replace the connection to ${name}`,
		back,
	};
}
