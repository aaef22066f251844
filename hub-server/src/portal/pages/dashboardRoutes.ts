import { Router, type Response } from 'express';
import { z } from 'zod';
import { baseUrl } from '../../config/baseUrl';
import { ConflictError } from '../../errors/requestErrors';
import { SLUG_PATTERN, type Workspace } from '../../workspaces/workspaceStore';
import { seesWorkspace } from '../access/permissions';
import type { PortalContext } from '../show/PortalContext';
import { EMPTY_FORM, readForm, typedValues, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { userOf } from '../show/visit';
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
		z.array(baseUrl('write each address as http://n8n:5678')).max(20, 'give at most 20 addresses'),
	);

export const WorkspaceName = z.string().trim().min(1, 'give the workspace a name').max(200);

const NewWorkspace = z.object({
	name: WorkspaceName,
	slug: z
		.string()
		.trim()
		.transform((slug) => (slug === '' ? undefined : slug))
		.pipe(
			z
				.string()
				.regex(SLUG_PATTERN, 'use lower case letters, digits and dashes, 64 at most')
				.optional(),
		),
	n8nBaseUrls: BaseUrls,
});

/** `/`: the workspaces that the person may see. */
export function createDashboardRoutes(context: PortalContext): Router {
	const { workspaces, alerts, audit, publicUrl } = context;
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
			const { slug } = await workspaces.create(read.value);
			await audit.append({
				actor: userOf(response).email,
				workspace: slug,
				action: 'workspace.created',
				detail: { name: read.value.name },
			});
			return response.redirect(303, `/w/${slug}?done=workspace_created`);
		} catch (cause) {
			if (!(cause instanceof ConflictError)) throw cause;
			const errors = { slug: cause.message };
			return showNew(response, { values: typedValues(request.body), errors }, 422);
		}
	});
	return routes;
}
