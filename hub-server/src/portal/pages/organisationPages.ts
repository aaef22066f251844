import { Router, type Response } from 'express';
import { z } from 'zod';
import type { BrowserTies } from '../../administration/organisationChanges';
import {
	formatSecrets,
	SECRET_FORMATS,
	type SecretFormat,
} from '../../administration/secretFormats';
import { readConnectionRoom, type ConnectionRoom } from '../../connect/connectionRoom';
import { missingScopes } from '../../xero/identity/scopeCover';
import { scopeStanding, type ScopeStanding } from '../../xero/identity/scopeStanding';
import { scopeLabel } from '../../xero/identity/xeroScopes';
import { standingView, type StandingCell } from '../views/standingView';
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
import { PAGE_HEADERS, pageTemplate, showPage } from '../show/showPage';
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
	readonly scopes: ScopeStanding;
	readonly lastSync: StandingCell | undefined;
}

/** More than one workspace can show, and less than would take long. */
const MOST = 1_000;

const organisationsPage = pageTemplate<{
	at: string;
	alerts: readonly AlertView[];
	alertsAt: string;
	organisations: readonly OrganisationView[];
	hasKeys: boolean;
	room: ConnectionRoom | undefined;
	scopeLabel: typeof scopeLabel;
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
	/** What Xero did not grant of what was asked for, for any of them. */
	missing: readonly string[];
	scopeLabel: typeof scopeLabel;
}>('picker');

const secretsPage = pageTemplate<{
	at: string;
	name: string;
	files: ReadonlyArray<{
		readonly format: SecretFormat;
		readonly label: string;
		readonly text: string;
	}>;
	/** When the access token ends; epoch milliseconds. */
	endsAt: number;
}>('secrets');

const FORMAT_LABELS: Readonly<Record<SecretFormat, string>> = {
	env: 'Environment file (.env)',
	json: 'JSON',
	pan: 'Pandium (PAN_SEC_…)',
};

/** Without a format the secrets are shown; with one they are a file. */
const SecretsForm = z.object({ format: z.enum(SECRET_FORMATS).optional() });

const WritePolicyForm = z.object({ policy: z.enum(['none', 'drafts', 'all']) });

type OrganisationPagesDeps = Pick<
	WorkspacePages,
	| 'connections'
	| 'alerts'
	| 'appKeys'
	| 'reader'
	| 'readDayBudgets'
	| 'readStandings'
	| 'secretReads'
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
	const { confirmAnew, readStandings, secretReads } = pages;
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
		const wish = { workspaces: [workspace.id], show: 'all', order: 'name', search: '' } as const;
		const [open, held, grants, keys, links, standings] = await Promise.all([
			alerts.listOpen(workspace.id),
			connections.list(workspace.id),
			reader.grants(workspace.id),
			appKeys.view(workspace.id),
			connectLinks.list(workspace.id),
			readStandings({ ...wish, page: 1, limit: MOST }),
		]);
		const asked = keys?.scopes.split(' ') ?? [];
		const room = keys && (await readConnectionRoom(connections, keys, held));
		const lastSyncs = new Map(
			standings.items.map((one) => [one.connectionId, standingView(one, now()).lastSync]),
		);
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
					scopes: scopeStanding(connection.grantedScopes, asked),
					lastSync: lastSyncs.get(connection.id),
				})),
				hasKeys: keys !== undefined,
				...{ room, scopeLabel },
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
		const asked = (await appKeys.view(workspace.id))?.scopes.split(' ') ?? [];
		const consented = held.filter(({ tenantId }) => chosen.includes(tenantId));
		const missing = consented.flatMap(({ grantedScopes }) => missingScopes(grantedScopes, asked));
		showPage(response, pickerPage, frame, {
			at: `/w/${workspace.slug}`,
			...{ missing: [...new Set(missing)], scopeLabel },
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

	routes.post(
		'/organisations/:id/secrets',
		requirePermission('administer'),
		confirmAnew,
		async (request, response) => {
			const workspace = pageWorkspace(response);
			const id = String(request.params['id']);
			const { format } = SecretsForm.parse(request.body ?? {});
			const by = actorOf(response);
			const connection = await connections.get(workspace.id, id);
			const secrets = await secretReads.exported(by, workspace, id);
			if (format !== undefined) {
				response
					.set(PAGE_HEADERS)
					.attachment(`xero-${workspace.slug}.${format === 'json' ? 'json' : 'env'}`)
					.type(format === 'json' ? 'json' : 'text/plain')
					.send(formatSecrets(secrets, format));
				return;
			}
			const frame = { title: 'Secrets', tab: 'organisations', workspace };
			showPage(response, secretsPage, frame, {
				at: `/w/${workspace.slug}/organisations/${connection.id}/secrets`,
				name: connectionName(connection),
				files: SECRET_FORMATS.map((one) => ({
					format: one,
					label: FORMAT_LABELS[one],
					text: formatSecrets(secrets, one),
				})),
				endsAt: now() + secrets.expiresIn * 1000,
			});
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
