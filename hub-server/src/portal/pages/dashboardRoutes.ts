import { Router, type Response } from 'express';
import { z } from 'zod';
import type { WorkspaceChanges } from '../../administration/workspaceChanges';
import {
	MAX_N8N_BASE_URLS,
	WorkspaceName,
	WorkspaceSlug,
} from '../../administration/workspaceRequests';
import { baseUrl } from '../../config/baseUrl';
import { ConflictError } from '../../errors/requestErrors';
import type { Workspace } from '../../workspaces/workspaceStore';
import type { ReadStandings } from '../../administration/organisationStandings';
import { seesWorkspace } from '../access/permissions';
import { PAGE_ROWS } from '../show/pageRows';
import type { PortalContext } from '../show/PortalContext';
import { EMPTY_FORM, readForm, typedValues, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { stackedBars, type StackedBars } from '../show/stackedBars';
import { actorOf, userOf } from '../show/visit';
import { requirePermission } from '../show/visitors';
import type { ReadTrend } from '../views/activityTrend';

const dashboardPage = pageTemplate<{
	rows: readonly WorkspaceRow[];
	/** Of all that the person sees. */
	total: number;
	/** Of them that match the search. */
	matching: number;
	search: string;
	page: number;
	pages: number;
}>('dashboard');

interface WorkspaceRow {
	readonly workspace: Workspace;
	readonly alerts: number;
	readonly organisations: { readonly all: number; readonly needy: number };
	readonly events: number;
	readonly failed: number;
	/** There was more than could be counted. */
	readonly isCut: boolean;
	readonly drawing: StackedBars;
}

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** Of each workspace's day, so that one busy workspace does not hold up the page of all. */
const COUNTED_AT_MOST = 5_000;

const SPARK = { width: 96, height: 24 };

/** What cannot be read is as usual: the address is typed by hand, too. */
const Wish = z.object({
	search: z.string().trim().max(200).catch(''),
	page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
const newWorkspacePage = pageTemplate<{ form: FormState; publicUrl: string }>('newWorkspace');

/** One address a line, as a text area gives them. */
export const BaseUrls = z
	.string()
	.default('')
	.transform((text) => text.split(/\s+/).filter((line) => line !== ''))
	.pipe(
		z
			.array(baseUrl('write each address as http://n8n:5678'))
			.max(MAX_N8N_BASE_URLS, `give at most ${MAX_N8N_BASE_URLS} addresses`),
	);

const NewWorkspace = z.object({
	name: WorkspaceName,
	slug: z
		.string()
		.trim()
		.transform((slug) => (slug === '' ? undefined : slug))
		.pipe(WorkspaceSlug.optional()),
	n8nBaseUrls: BaseUrls,
});

type DashboardDeps = Pick<PortalContext, 'workspaces' | 'alerts' | 'publicUrl' | 'now'> & {
	readonly readTrend: ReadTrend;
	readonly readStandings: ReadStandings;
	readonly workspaceChanges: Pick<WorkspaceChanges, 'create'>;
};

/** `/`: the workspaces that the person may see. */
export function createDashboardRoutes(deps: DashboardDeps): Router {
	const { workspaces, alerts, workspaceChanges, readTrend, readStandings, publicUrl, now } = deps;
	const routes = Router();

	const showNew = (response: Response, form: FormState, status = 200) =>
		showPage(
			response,
			newWorkspacePage,
			{ title: 'New workspace', tab: 'workspaces', status },
			{
				form,
				publicUrl,
			},
		);

	/** @param until epoch milliseconds */
	async function rowOf(workspace: Workspace, alerts: number, until: number): Promise<WorkspaceRow> {
		const since = until - DAY_MS;
		const [trend, { counts }] = await Promise.all([
			readTrend(workspace.id, {
				...{ since, until, partMs: HOUR_MS, countedAtMost: COUNTED_AT_MOST },
			}),
			readStandings({
				...{ show: 'all', order: 'name', search: '', page: 1, limit: 1 },
				workspaces: [workspace.id],
			}),
		]);
		const { parts, isCut } = trend;
		return {
			...{ workspace, alerts, isCut },
			organisations: { all: counts.all, needy: counts.attention },
			events: parts.reduce((sum, part) => sum + part.events, 0),
			failed: parts.reduce((sum, part) => sum + part.failed, 0),
			drawing: stackedBars(
				parts.map(({ events }) => [events]),
				SPARK,
			),
		};
	}

	routes.get('/', async (request, response) => {
		const user = userOf(response);
		const { search, page } = Wish.parse(request.query);
		const [all, open] = await Promise.all([workspaces.list(), alerts.openEverywhere()]);
		const alertsOf = (id: string) => open.filter(({ workspaceId }) => workspaceId === id).length;
		const seen = all.filter(({ id }) => seesWorkspace(user, id));
		const wanted = search.toLocaleLowerCase();
		const matching = seen
			.filter(({ name, slug }) => `${name} ${slug}`.toLocaleLowerCase().includes(wanted))
			.map((workspace) => ({ workspace, alerts: alertsOf(workspace.id) }))
			.toSorted((a, b) => Number(b.alerts > 0) - Number(a.alerts > 0));
		const shown = matching.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
		const until = now();
		showPage(
			response,
			dashboardPage,
			{ title: 'Workspaces', tab: 'workspaces' },
			{
				rows: await Promise.all(
					shown.map(({ workspace, alerts }) => rowOf(workspace, alerts, until)),
				),
				total: seen.length,
				matching: matching.length,
				...{ search, page, pages: Math.max(1, Math.ceil(matching.length / PAGE_ROWS)) },
			},
		);
	});

	routes.get('/workspaces/new', requirePermission('administer'), (_request, response) => {
		showNew(response, EMPTY_FORM);
	});

	routes.post('/workspaces', requirePermission('administer'), async (request, response) => {
		const read = readForm(request, NewWorkspace);
		if (!read.ok) return showNew(response, read.form, 422);
		try {
			const { slug } = await workspaceChanges.create(actorOf(response), read.value);
			return response.redirect(303, `/w/${slug}?done=workspace_created`);
		} catch (cause) {
			if (!(cause instanceof ConflictError)) throw cause;
			const errors = { slug: cause.message };
			return showNew(response, { values: typedValues(request.body), errors }, 422);
		}
	});
	return routes;
}
