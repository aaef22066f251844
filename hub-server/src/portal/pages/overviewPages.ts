import { Router, type Response } from 'express';
import { z } from 'zod';
import { WorkspaceName } from '../../administration/workspaceRequests';
import type { Workspace } from '../../workspaces/workspaceStore';
import { readConnectionRoom, type ConnectionRoom } from '../../connect/connectionRoom';
import { redirectUriOf } from '../../connect/startConnect';
import type { Quotas } from '../../config/quotas';
import type { KeptUsage } from '../../events/keptUsage';
import { alertViews, type AlertView } from '../views/alertViews';
import { standingView, type StandingView } from '../views/standingView';
import {
	TREND_RANGES,
	durationChart,
	trendCharts,
	type ChartView,
	type DurationView,
	type TrendRange,
} from '../views/trendView';
import { setupChecklist, type SetupStep } from '../../workspaces/setupChecklist';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { textOf } from '../show/texts';
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
	room: ConnectionRoom | undefined;
	state: OverviewState;
	range: TrendRange;
	ranges: typeof TREND_RANGES;
	charts: readonly ChartView[];
	took: { readonly medianMs: number; readonly p95Ms: number } | undefined;
	durations: DurationView | undefined;
	organisations: readonly StandingView[];
	/** Of how many there are; the list has the first of them. */
	organisationCount: number;
}>('overview');

const settingsPage = pageTemplate<{
	workspace: Workspace;
	form: FormState;
	kept: KeptUsage;
	keepDays: { readonly payloads: number; readonly events: number };
	limits: Quotas;
}>('settings');

/** The one question that a workspace's page answers first. */
interface OverviewState {
	readonly tone: 'good' | 'warn' | 'bad';
	readonly words: string;
}

/** What cannot be read is as usual: the address is typed by hand, too. */
const Range = z.object({
	range: z.enum(Object.keys(TREND_RANGES) as [TrendRange, ...TrendRange[]]).catch('24h'),
});

/** Those that need somebody come first, and the page of organisations has them all. */
const SHOWN_ORGANISATIONS = 8;

const Change = z.object({ name: WorkspaceName, n8nBaseUrls: BaseUrls });

type OverviewPagesDeps = Pick<
	WorkspacePages,
	| 'appKeys'
	| 'connections'
	| 'alerts'
	| 'readTrend'
	| 'readStandings'
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
		readTrend,
		readStandings,
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

	routes.get('/', async (request, response) => {
		const workspace = pageWorkspace(response);
		const at = `/w/${workspace.slug}`;
		const { range } = Range.parse(request.query);
		const { spanMs, partMs } = TREND_RANGES[range];
		const until = now();
		const [open, keys, held, progress, trend, standings] = await Promise.all([
			alerts.listOpen(workspace.id),
			appKeys.view(workspace.id),
			connections.list(workspace.id),
			readProgress(workspace.id),
			readTrend(workspace.id, { since: until - spanMs, until, partMs }),
			readStandings({
				...{ show: 'all', order: 'attention', search: '', page: 1 },
				workspaces: [workspace.id],
				limit: SHOWN_ORGANISATIONS,
			}),
		]);
		const steps = setupChecklist({ appKeys: keys, connections: held, progress });
		showPage(
			response,
			overviewPage,
			{ title: 'Overview', tab: 'overview', workspace },
			{
				at,
				alerts: alertViews(open, held, at),
				alertsAt: at,
				steps,
				redirectUri: redirectUriOf(publicUrl),
				deliveryUrl: `${publicUrl}/webhooks/xero/${workspace.slug}`,
				hubUrl: publicUrl,
				room: keys && (await readConnectionRoom(connections, keys, held)),
				state: stateOf(steps, open.length),
				range,
				ranges: TREND_RANGES,
				charts: trendCharts(trend),
				took: trend.took,
				durations: durationChart(trend),
				organisations: standings.items.map((standing) => standingView(standing, until)),
				organisationCount: standings.matching,
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

function stateOf(steps: readonly SetupStep[], openAlerts: number): OverviewState {
	const done = steps.filter(({ state }) => state === 'done').length;
	if (openAlerts > 0) {
		return {
			tone: 'bad',
			words: `${textOf.plural(openAlerts, 'thing')} ${openAlerts === 1 ? 'needs' : 'need'} you`,
		};
	}
	if (done < steps.length)
		return { tone: 'warn', words: `${done} of ${steps.length} steps are done.` };
	return { tone: 'good', words: 'All is well: connected, and listening' };
}
