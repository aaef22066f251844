import { Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../clock';
import { parseRequest } from '../http/parseRequest';
import { workspaceOf, type RequestWorkspace } from '../http/authenticate';
import type { GrantVault } from '../vault/grantVault';
import type { Connection, ConnectionRows } from './connectionRows';
import { createDisconnect } from './disconnect';
import type { XeroConnections } from './xeroConnections';
import { ConnectionDisabledError } from './xeroErrors';

export interface ConnectionRoutesDeps {
	readonly connections: ConnectionRows;
	readonly xeroConnections: Pick<XeroConnections, 'remove'>;
	readonly vault: Pick<GrantVault, 'accessToken' | 'removeIfUnused'>;
	/** Begins a connect flow and answers where the browser must go. */
	readonly startConnect: (workspace: RequestWorkspace) => Promise<string>;
	/** `https://api.xero.com`, without a trailing slash. */
	readonly apiUrl: string;
	readonly clock: Clock;
}

export const ConnectionChange = z.object({ enabled: z.boolean() });

/** `/connections…`, after `requireWorkspace` and with JSON bodies read. */
export function createConnectionRoutes(deps: ConnectionRoutesDeps): Router {
	const { connections, vault, startConnect, apiUrl, clock } = deps;
	const disconnect = createDisconnect(deps);
	const routes = Router();

	routes.get('/', async (_request, response) => {
		const items = await connections.list(workspaceOf(response).id);
		response.json({ items: items.map(show), nextCursor: null });
	});

	routes.patch('/:id', async (request, response) => {
		const { id: workspaceId } = workspaceOf(response);
		const { enabled } = parseRequest(ConnectionChange, request.body);
		await connections.setEnabled(workspaceId, request.params.id, enabled);
		response.json(show(await connections.get(workspaceId, request.params.id)));
	});

	routes.delete('/:id', async (request, response) => {
		await disconnect(workspaceOf(response).id, request.params.id);
		response.status(204).end();
	});

	routes.post('/:id/reconnect', async (request, response) => {
		const workspace = workspaceOf(response);
		await connections.get(workspace.id, request.params.id);
		response.json({ authorizeUrl: await startConnect(workspace) });
	});

	routes.get('/:id/token', async (request, response) => {
		const connection = await connections.get(workspaceOf(response).id, request.params.id);
		if (!connection.enabled) {
			throw new ConnectionDisabledError(connection.tenantName ?? connection.tenantId);
		}
		const { token, expiresAt, scope } = await vault.accessToken(connection.grantId);
		response.set('Cache-Control', 'no-store').json({
			accessToken: token,
			expiresIn: Math.floor((expiresAt - clock()) / 1000),
			scope,
			tenantId: connection.tenantId,
			tenantUrl: `${apiUrl}/api.xro/2.0`,
		});
	});
	return routes;
}

function show(connection: Connection) {
	const { id, tenantId, tenantName, tenantType, enabled, status } = connection;
	return { id, tenantId, tenantName, tenantType, enabled, status };
}
