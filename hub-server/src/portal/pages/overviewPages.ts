import { Router, type Response } from 'express';
import { z } from 'zod';
import { WorkspaceName } from '../../administration/workspaceRequests';
import type { Workspace } from '../../workspaces/workspaceStore';
import { readConnectionRoom, type ConnectionRoom } from '../../connect/connectionRoom';
import { redirectUriOf } from '../../connect/startConnect';
import type { Quotas } from '../../config/quotas';
import type { KeptUsage } from '../../events/keptUsage';
import { alertViews, type AlertView } from '../views/alertViews';
import type { ActivityCounts } from '../views/portalReader';
import { setupChecklist, type SetupStep } from '../../workspaces/setupChecklist';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import { BaseUrls } from './dashboardRoutes';
import { messagePage } from './messagePage';
import type { WorkspacePages } from './workspacePages';

const overviewPage = pageTemplate<{
	at: string;
	alerts: readonly AlertView[];
	alertsAt: string;
	steps: readonly SetupStep[];
	redirectUri: string;
	deliveryUrl: string;
	hubUrl: string;
	lastDay: ActivityCounts;
	connections: readonly { name: string; enabled: boolean; status: string }[];
	room: ConnectionRoom | undefined;
}>('overview');

const settingsPage = pageTemplate<{
	workspace: Workspace;
	form: FormState;
	kept: KeptUsage;
	keepDays: { readonly payloads: number; readonly events: number };
	limits: Quotas;
}>('settings');

const DAY_MS = 24 * 3600_000;

const Change = z.object({ name: WorkspaceName, n8nBaseUrls: BaseUrls });

type OverviewPagesDeps = Pick<
	WorkspacePages,
	| 'appKeys'
	| 'connections'
	| 'alerts'
	| 'reader'
	| 'readProgress'
	| 'workspaceChanges'
	| 'removeWorkspace'
	| 'alertChanges'
	| 'workspaceLimits'
	| 'readKept'
	| 'keepDays'
	| 'publicUrl'
	| 'confirmAnew'
	| 'now'
>;

/** `/w/{slug}`: where the workspace stands, and its settings. */
export function createOverviewPages(pages: OverviewPagesDeps): Router {
	const {
		appKeys,
		connections,
		alerts,
		reader,
		readProgress,
		workspaceChanges,
		removeWorkspace,
		alertChanges,
		confirmAnew,
		publicUrl,
		now,
	} = pages;
	const routes = Router();

	const showSettings = async (response: Response, form: FormState, status = 200) => {
		const workspace = pageWorkspace(response);
		const kept = await pages.readKept(workspace.id);
		const limits = await pages.workspaceLimits.of(workspace.id);
		const frame = { title: 'Settings', tab: 'settings', workspace, status };
		showPage(response, settingsPage, frame, {
			workspace,
			form,
			kept,
			keepDays: pages.keepDays,
			limits,
		});
	};

	routes.get('/', async (_request, response) => {
		const workspace = pageWorkspace(response);
		const at = `/w/${workspace.slug}`;
		const [open, keys, held, progress, lastDay] = await Promise.all([
			alerts.listOpen(workspace.id),
			appKeys.view(workspace.id),
			connections.list(workspace.id),
			readProgress(workspace.id),
			reader.countsSince(workspace.id, now() - DAY_MS),
		]);
		showPage(
			response,
			overviewPage,
			{ title: 'Overview', tab: 'overview', workspace },
			{
				at,
				alerts: alertViews(open, held, at),
				alertsAt: at,
				steps: setupChecklist({ appKeys: keys, connections: held, progress }),
				redirectUri: redirectUriOf(publicUrl),
				deliveryUrl: `${publicUrl}/webhooks/xero/${workspace.slug}`,
				hubUrl: publicUrl,
				lastDay,
				room: keys && (await readConnectionRoom(connections, keys, held)),
				connections: held.map(({ tenantName, tenantId, enabled, status }) => ({
					name: tenantName ?? tenantId,
					enabled,
					status,
				})),
			},
		);
	});

	routes.post(
		'/alerts/:id/acknowledge',
		requirePermission('connect'),
		async (request, response) => {
			const workspace = pageWorkspace(response);
			await alertChanges.acknowledge(actorOf(response), workspace, String(request.params['id']));
			response.redirect(303, `/w/${workspace.slug}?done=alert_acknowledged`);
		},
	);

	routes.get('/settings', requirePermission('administer'), (_request, response) =>
		showSettings(response, EMPTY_FORM),
	);

	routes.post('/settings', requirePermission('administer'), async (request, response) => {
		const { slug } = pageWorkspace(response);
		const read = readForm(request, Change);
		if (!read.ok) return showSettings(response, read.form, 422);
		await workspaceChanges.change(actorOf(response), slug, read.value);
		return response.redirect(303, `/w/${slug}/settings?done=workspace_saved`);
	});

	routes.post(
		'/remove',
		requirePermission('administer'),
		confirmAnew,
		async (request, response) => {
			const { slug } = pageWorkspace(response);
			const { confirmation } = request.body as { confirmation?: unknown };
			if (confirmation !== slug) {
				const errors = { confirmation: `Type ${slug} to delete the workspace.` };
				return showSettings(response, { values: {}, errors }, 422);
			}
			const stillAtXero = await removeWorkspace(actorOf(response), slug);
			if (stillAtXero.length === 0) return response.redirect(303, '/?done=workspace_removed');
			const sentences = stillAtXero.map(({ name, reason }) => `${name}: ${reason}`);
			return showPage(
				response,
				messagePage,
				{ title: 'The workspace is deleted' },
				{
					message: `Not everything could be disconnected at Xero. ${sentences.join(' ')}`,
					link: { href: '/', label: 'Go to your workspaces' },
				},
			);
		},
	);
	return routes;
}
