import { Router } from 'express';
import { z } from 'zod';
import { baseUrl } from '../config/baseUrl';
import { SLUG_PATTERN, type Workspace, type WorkspaceStore } from '../workspaces/workspaceStore';
import type { ApiKeyStore } from '../workspaces/apiKeyStore';
import type { AppKeyStore } from '../workspaces/appKeyStore';
import type { RemoveWorkspace } from '../workspaces/removeWorkspace';
import { SCOPE_PRESETS } from '../workspaces/scopePresets';
import type { VerifyAppKeys } from '../workspaces/verifyAppKeys';
import type { ConnectApp } from '../connect/connectApp';
import type { StartConnect } from '../connect/startConnect';
import { setupChecklist } from '../workspaces/setupChecklist';
import type { ReadProgress } from '../workspaces/workspaceProgress';
import type { ReadAppKeys } from '../xero/identity/appKeys';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import { AppKeysRequest } from '../workspaces/appKeysRequest';
import { callerName } from '../http/callerName';
import { parseRequest } from '../http/parseRequest';

export interface WorkspaceRoutesDeps {
	readonly workspaces: WorkspaceStore;
	readonly removeWorkspace: RemoveWorkspace;
	readonly appKeys: AppKeyStore;
	readonly apiKeys: ApiKeyStore;
	readonly publicUrl: string;
	/** Begins a connect flow and answers where the browser must go. */
	readonly startConnect: StartConnect;
	/** For a Custom Connection: without a browser. */
	readonly connectApp: ConnectApp;
	readonly readAppKeys: ReadAppKeys;
	readonly verifyAppKeys: VerifyAppKeys;
	readonly connections: Pick<ConnectionRows, 'list'>;
	readonly readProgress: ReadProgress;
	/** Grants of an app that was replaced need a new consent. */
	appKeysChanged(): Promise<void>;
}

export const NewWorkspace = z.object({
	name: z
		.string({ error: 'give the workspace a name' })
		.trim()
		.min(1, 'give the workspace a name')
		.max(200, 'may have 200 characters at most'),
	slug: z
		.string()
		.regex(SLUG_PATTERN, 'may have lower case letters, digits and dashes, 64 at most')
		.optional(),
	n8nBaseUrls: z.array(baseUrl()).max(20).optional(),
});

export const WorkspaceChange = NewWorkspace.omit({ slug: true })
	.extend({ connectLink: z.boolean({ error: 'must be true (on) or false (off)' }) })
	.partial();

/** `POST …/connect`; a Custom Connection acts for itself. */
export const ConnectWish = z.object({
	grantType: z.enum(['authorization_code', 'client_credentials']).default('authorization_code'),
});

export const NewApiKey = z.object({
	name: z
		.string({ error: 'give the key a name' })
		.trim()
		.min(1, 'give the key a name')
		.max(200, 'may have 200 characters at most'),
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
		connectLink: workspace.connectLink,
		appKeys: (await appKeys.view(workspace.id)) ?? null,
		createdAt: new Date(workspace.createdAt).toISOString(),
	});

	async function markVerified(workspaceId: string) {
		await appKeys.markVerified(workspaceId, (await deps.readAppKeys(workspaceId)).updatedAt);
		return appKeys.view(workspaceId);
	}

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
		const stillAtXero = await deps.removeWorkspace(request.params.slug);
		if (stillAtXero.length === 0) response.status(204).end();
		else response.json({ stillAtXero });
	});

	routes.put('/:slug/app-keys', async (request, response) => {
		const { id } = await workspaces.get(request.params.slug);
		const { verify, scopePreset, ...keys } = parseRequest(AppKeysRequest, request.body);
		const scopes = keys.scopes ?? (scopePreset && SCOPE_PRESETS[scopePreset]);
		// The old keys go on working until the new ones are known to.
		if (verify) await deps.verifyAppKeys({ ...keys, scopes: (scopes ?? '').split(' ') });
		const saved = await appKeys.save(id, { ...keys, scopes });
		await deps.appKeysChanged();
		response.json(verify ? await markVerified(id) : saved);
	});
	routes.post('/:slug/app-keys/verify', async (request, response) => {
		const { id } = await workspaces.get(request.params.slug);
		await deps.verifyAppKeys(await deps.readAppKeys(id));
		response.json(await markVerified(id));
	});
	routes.get('/:slug/checklist', async (request, response) => {
		const workspace = await workspaces.get(request.params.slug);
		const { webhookUrl, redirectUri, appKeys: keys } = await show(workspace);
		response.json({
			redirectUri,
			webhookUrl,
			verifiedAt: keys?.verifiedAt ?? null,
			steps: setupChecklist({
				appKeys: keys ?? undefined,
				connections: await deps.connections.list(workspace.id),
				progress: await deps.readProgress(workspace.id),
			}),
		});
	});
	routes.post('/:slug/connect', async (request, response) => {
		const workspace = await workspaces.get(request.params.slug);
		const { grantType } = parseRequest(ConnectWish, request.body);
		if (grantType === 'client_credentials') {
			response.json({ tenantIds: await deps.connectApp(workspace.id) });
		} else {
			const startedBy = callerName(response, workspace.slug);
			response.json({ authorizeUrl: await deps.startConnect(workspace, { startedBy }) });
		}
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
