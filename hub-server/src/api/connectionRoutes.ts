import { Router, type Response } from 'express';
import { z } from 'zod';
import type { Clock } from '../clock';
import { noteForAudit } from '../http/auditDetail';
import { parseRequest } from '../http/parseRequest';
import type { StartConnect } from '../connect/startConnect';
import { callerOf, workspaceOf } from '../http/authenticate';
import { callerName } from '../http/callerName';
import type { ReadAppKeys } from '../xero/identity/appKeys';
import type { AppKeyStore } from '../workspaces/appKeyStore';
import type { GrantVault } from '../xero/grants/grantVault';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { Disconnect } from '../xero/api/disconnect';
import type { DayBudget, ReadDayBudgets } from '../xero/pacing/dayBudgets';
import { ConnectionDisabledError } from '../errors/xeroErrors';

export interface ConnectionRoutesDeps {
	readonly connections: ConnectionRows;
	readonly disconnect: Disconnect;
	readonly vault: Pick<GrantVault, 'accessToken'>;
	/** Begins a connect flow and answers where the browser must go. */
	readonly startConnect: StartConnect;
	/** `https://api.xero.com`, without a trailing slash. */
	readonly apiUrl: string;
	readonly clock: Clock;
	readonly readAppKeys: ReadAppKeys;
	/** The webhook keys of a workspace by slug, current first. */
	readonly appKeys: Pick<AppKeyStore, 'signingKeys'>;
	readonly readDayBudgets: ReadDayBudgets;
}

export const ConnectionChange = z.object({ enabled: z.boolean() });

/** `/connections…`, after `requireWorkspace` and with JSON bodies read. */
export function createConnectionRoutes(deps: ConnectionRoutesDeps): Router {
	const { connections, disconnect, vault, startConnect, apiUrl, clock, readAppKeys, appKeys } =
		deps;
	const { readDayBudgets } = deps;
	const routes = Router();

	routes.get('/', async (_request, response) => {
		const held = await connections.list(workspaceOf(response).id);
		const budgets = await readDayBudgets(held);
		const items = held.map((connection, index) => show(connection, budgets[index]));
		response.json({ items, nextCursor: null });
	});

	routes.patch('/:id', async (request, response) => {
		const { id: workspaceId } = workspaceOf(response);
		const { enabled } = parseRequest(ConnectionChange, request.body);
		await connections.setEnabled(workspaceId, request.params.id, enabled);
		const changed = await connections.get(workspaceId, request.params.id);
		const [budget] = await readDayBudgets([changed]);
		noteForAudit(response, { organisation: nameOf(changed), switched: enabled ? 'on' : 'off' });
		response.json(show(changed, budget));
	});

	routes.delete('/:id', async (request, response) => {
		const { id: workspaceId } = workspaceOf(response);
		const { tenantId, tenantName } = await connections.get(workspaceId, request.params.id);
		const atXero = await disconnect(workspaceId, request.params.id);
		noteForAudit(response, { organisation: tenantName ?? tenantId });
		if (atXero.kind !== 'left') {
			response.status(204).end();
			return;
		}
		const { reason } = atXero;
		response.json({ stillAtXero: [{ tenantId, name: tenantName ?? tenantId, reason }] });
	});

	routes.post('/:id/reconnect', async (request, response) => {
		const workspace = workspaceOf(response);
		const connection = await connections.get(workspace.id, request.params.id);
		const { tenantId } = connection;
		noteForAudit(response, { organisation: nameOf(connection) });
		const startedBy = callerName(response, workspace.slug);
		response.json({ authorizeUrl: await startConnect(workspace, { tenantId, startedBy }) });
	});

	async function tokenOf(response: Response, id: string) {
		const { id: workspaceId } = workspaceOf(response);
		const connection = await connections.get(workspaceId, id);
		if (!connection.enabled) {
			throw new ConnectionDisabledError(connection.tenantName ?? connection.tenantId);
		}
		const { token, expiresAt, scope } = await vault.accessToken(connection.grantId, {
			workspaceId,
		});
		noteForAudit(response, { organisation: nameOf(connection) });
		return {
			accessToken: token,
			expiresIn: Math.floor((expiresAt - clock()) / 1000),
			scope,
			tenantId: connection.tenantId,
			tenantUrl: `${apiUrl}/api.xro/2.0`,
		};
	}

	routes.get('/:id/token', async (request, response) => {
		const token = await tokenOf(response, request.params.id);
		response.set('Cache-Control', 'no-store').json(token);
	});

	routes.get('/:id/export', async (request, response) => {
		const workspace = workspaceOf(response);
		const token = await tokenOf(response, request.params.id);
		const { clientId, clientSecret } = await readAppKeys(workspace.id);
		const signing = await appKeys.signingKeys(workspace.slug);
		const webhookKey = signing?.keys.find(({ name }) => name === 'current')?.key ?? null;
		response.set('Cache-Control', 'no-store').json({
			...token,
			clientId,
			...(callerOf(response) === 'admin' && { clientSecret, webhookKey }),
		});
	});
	return routes;
}

function nameOf({ tenantName, tenantId }: Connection): string {
	return tenantName ?? tenantId;
}

function show(connection: Connection, budget: DayBudget | undefined) {
	const { id, tenantId, tenantName, tenantType, enabled, status } = connection;
	const time = (at: number) => new Date(at).toISOString();
	const dayBudget = budget && {
		left: budget.left,
		at: time(budget.at),
		fullAt: budget.fullAt === undefined ? null : time(budget.fullAt),
	};
	return {
		id,
		tenantId,
		tenantName,
		tenantType,
		enabled,
		status,
		dayBudget: dayBudget ?? null,
	};
}
