import { Router } from 'express';
import { z } from 'zod';
import { SLUG_PATTERN, type Workspace, type WorkspaceStore } from '../workspaces/workspaceStore';
import type { ApiKeyStore } from '../workspaces/apiKeyStore';
import type { AppKeyStore } from '../workspaces/appKeyStore';
import { parseRequest } from './parseRequest';

export interface WorkspaceRoutesDeps {
	readonly workspaces: WorkspaceStore;
	readonly appKeys: AppKeyStore;
	readonly apiKeys: ApiKeyStore;
	readonly publicUrl: string;
	/** Begins a connect flow and answers where the browser must go. */
	startConnect(workspace: Workspace): Promise<string>;
	/** Grants that stood still because of the old keys may go on. */
	appKeysChanged(workspaceId: string): Promise<void>;
}

const baseUrl = z
	.url({ protocol: /^https?$/, error: 'must be an http or https URL' })
	.transform((url) => url.replace(/\/+$/, ''));

export const NewWorkspace = z.object({
	name: z.string().trim().min(1, 'give the workspace a name').max(200),
	slug: z
		.string()
		.regex(SLUG_PATTERN, 'may have lower case letters, digits and dashes, 64 at most')
		.optional(),
	n8nBaseUrls: z.array(baseUrl).max(20).optional(),
});

export const WorkspaceChange = NewWorkspace.omit({ slug: true }).partial();

const noSpaces = (name: string) =>
	z
		.string()
		.min(1, `paste the ${name}`)
		.max(500)
		.regex(/^\S+$/, `the ${name} holds a space or a line break: copy it again`);

export const AppKeys = z.object({
	clientId: noSpaces('client id'),
	clientSecret: noSpaces('client secret'),
	webhookKey: noSpaces('webhook key').optional(),
	scopes: z
		.string()
		.trim()
		.regex(/^[\w.]+(?: [\w.]+)*$/, 'must be scopes separated by single spaces')
		.optional(),
	tier: z
		.union([
			z.enum(['starter', 'core', 'plus', 'advanced', 'enterprise']),
			z.number().int().positive().transform(String),
		])
		.optional(),
});

export const NewApiKey = z.object({
	name: z.string().trim().min(1, 'give the key a name').max(200),
});

/** `/api/v1/workspaces…`: the operator's part of the API. */
export function createWorkspaceRoutes(deps: WorkspaceRoutesDeps): Router {
	const { workspaces, appKeys, apiKeys, publicUrl } = deps;
	const routes = Router();
	const show = async (workspace: Workspace) => ({
		id: workspace.id,
		slug: workspace.slug,
		name: workspace.name,
		n8nBaseUrls: workspace.n8nBaseUrls,
		webhookUrl: `${publicUrl}/webhooks/xero/${workspace.slug}`,
		redirectUri: `${publicUrl}/oauth/callback`,
		connectUrl: `${publicUrl}/connect/${workspace.slug}`,
		appKeys: (await appKeys.view(workspace.id)) ?? null,
		createdAt: new Date(workspace.createdAt).toISOString(),
	});

	routes.post('/', async (request, response) => {
		const workspace = await workspaces.create(parseRequest(NewWorkspace, request.body));
		response.status(201).json(await show(workspace));
	});
	routes.get('/', async (_request, response) => {
		const items = await Promise.all((await workspaces.list()).map(show));
		response.json({ items, nextCursor: null });
	});
	routes.get('/:slug', async (request, response) => {
		response.json(await show(await workspaces.get(request.params.slug)));
	});
	routes.patch('/:slug', async (request, response) => {
		const change = parseRequest(WorkspaceChange, request.body);
		response.json(await show(await workspaces.update(request.params.slug, change)));
	});
	routes.delete('/:slug', async (request, response) => {
		await workspaces.remove(request.params.slug);
		response.status(204).end();
	});

	routes.put('/:slug/app-keys', async (request, response) => {
		const { id } = await workspaces.get(request.params.slug);
		const saved = await appKeys.save(id, parseRequest(AppKeys, request.body));
		await deps.appKeysChanged(id);
		response.json(saved);
	});
	routes.post('/:slug/connect', async (request, response) => {
		const workspace = await workspaces.get(request.params.slug);
		response.json({ authorizeUrl: await deps.startConnect(workspace) });
	});

	routes.post('/:slug/api-keys', async (request, response) => {
		const { id } = await workspaces.get(request.params.slug);
		const { name } = parseRequest(NewApiKey, request.body);
		response
			.status(201)
			.set('Cache-Control', 'no-store')
			.json(await apiKeys.create(id, name));
	});
	routes.get('/:slug/api-keys', async (request, response) => {
		const { id } = await workspaces.get(request.params.slug);
		response.json({ items: await apiKeys.list(id), nextCursor: null });
	});
	routes.post('/:slug/api-keys/:id/rotate', async (request, response) => {
		const { id } = await workspaces.get(request.params.slug);
		const rotated = await apiKeys.rotate(id, request.params.id);
		response.set('Cache-Control', 'no-store').json(rotated);
	});
	routes.delete('/:slug/api-keys/:id', async (request, response) => {
		const { id } = await workspaces.get(request.params.slug);
		await apiKeys.revoke(id, request.params.id);
		response.status(204).end();
	});
	return routes;
}
