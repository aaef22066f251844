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
import { seesWorkspace } from '../access/permissions';
import type { PortalContext } from '../show/PortalContext';
import { EMPTY_FORM, readForm, typedValues, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, userOf } from '../show/visit';
import { requirePermission } from '../show/visitors';

const dashboardPage = pageTemplate<{
	workspaces: readonly (Workspace & { alerts: number })[];
}>('dashboard');
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

type DashboardDeps = Pick<PortalContext, 'workspaces' | 'alerts' | 'publicUrl'> & {
	readonly workspaceChanges: Pick<WorkspaceChanges, 'create'>;
};

/** `/`: the workspaces that the person may see. */
export function createDashboardRoutes(deps: DashboardDeps): Router {
	const { workspaces, alerts, workspaceChanges, publicUrl } = deps;
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

	routes.get('/', async (_request, response) => {
		const user = userOf(response);
		const [all, open] = await Promise.all([workspaces.list(), alerts.openEverywhere()]);
		const alertsOf = (id: string) => open.filter(({ workspaceId }) => workspaceId === id).length;
		showPage(
			response,
			dashboardPage,
			{ title: 'Workspaces', tab: 'workspaces' },
			{
				workspaces: all
					.filter(({ id }) => seesWorkspace(user, id))
					.map((workspace) => ({ ...workspace, alerts: alertsOf(workspace.id) })),
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
