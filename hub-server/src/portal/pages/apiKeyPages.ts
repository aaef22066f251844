import { Router, type Response } from 'express';
import { z } from 'zod';
import { NotFoundError } from '../../errors/requestErrors';
import type { ApiKeyView } from '../../workspaces/apiKeyStore';
import { askFirst, isConfirmed } from '../show/askFirst';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { pageWorkspace, userOf } from '../show/visit';
import { requirePermission } from '../show/visitors';
import type { WorkspacePages } from './workspacePages';

const apiKeysPage = pageTemplate<{
	at: string;
	keys: readonly ApiKeyView[];
	form: FormState;
	/** Shown this once. */
	created: { id: string; key: string } | undefined;
	hubUrl: string;
}>('apiKeys');

const NewKey = z.object({
	name: z
		.string()
		.trim()
		.min(1, 'say what the key is for, such as “n8n”')
		.max(200, 'use at most 200 characters'),
});

/** `/w/{slug}/api-keys`: what n8n shows the hub. For owners. */
export function createApiKeyPages({ apiKeys, audit, publicUrl }: WorkspacePages): Router {
	const routes = Router();
	routes.use('/api-keys', requirePermission('administer'));

	async function show(
		response: Response,
		form: FormState,
		more: { status?: number; created?: { id: string; key: string } } = {},
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const frame = { title: 'API keys', tab: 'api-keys', workspace, status: more.status ?? 200 };
		showPage(response, apiKeysPage, frame, {
			at: `/w/${workspace.slug}/api-keys`,
			keys: await apiKeys.list(workspace.id),
			form,
			created: more.created,
			hubUrl: publicUrl,
		});
	}

	const note = (response: Response, action: string, detail: Readonly<Record<string, string>>) =>
		audit.append({
			actor: userOf(response).email,
			workspace: pageWorkspace(response).slug,
			action,
			detail,
		});

	/** A key that is not there, or was revoked, is told by the store. */
	async function ask(
		response: Response,
		id: string,
		question: { readonly verb: string; readonly consequence: string },
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const key = (await apiKeys.list(workspace.id)).find((one) => one.id === id);
		if (key === undefined) throw new NotFoundError('There is no such key.');
		const yes = `${question.verb} “${key.name}”`;
		askFirst(
			response,
			{ tab: 'api-keys', workspace },
			{
				title: `${yes}?`,
				consequence: question.consequence,
				yes,
				back: `/w/${workspace.slug}/api-keys`,
			},
		);
	}

	routes.get('/api-keys', (_request, response) => show(response, EMPTY_FORM));

	routes.post('/api-keys', async (request, response) => {
		const read = readForm(request, NewKey);
		if (!read.ok) return show(response, read.form, { status: 422 });
		const created = await apiKeys.create(pageWorkspace(response).id, read.value.name);
		await note(response, 'api_key.created', { name: read.value.name, id: created.id });
		return show(response, EMPTY_FORM, { created });
	});

	routes.post('/api-keys/:id/rotate', async (request, response) => {
		const { id } = request.params;
		if (!isConfirmed(request)) {
			const consequence = 'The present key ends at once, and n8n needs the new one.';
			return ask(response, id, { verb: 'Rotate', consequence });
		}
		const created = await apiKeys.rotate(pageWorkspace(response).id, id);
		await note(response, 'api_key.rotated', { id });
		return show(response, EMPTY_FORM, { created });
	});

	routes.post('/api-keys/:id/revoke', async (request, response) => {
		const { id, slug } = { ...request.params, slug: pageWorkspace(response).slug };
		if (!isConfirmed(request)) {
			const consequence = 'Every workflow that shows it is refused from then on.';
			return ask(response, id, { verb: 'Revoke', consequence });
		}
		await apiKeys.revoke(pageWorkspace(response).id, id);
		await note(response, 'api_key.revoked', { id });
		return response.redirect(303, `/w/${slug}/api-keys?done=api_key_revoked`);
	});
	return routes;
}
