import { empty, json, type Reply } from '../http/Reply';
import { matchPath } from '../http/matchPath';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { SandboxContext } from '../context/SandboxContext';
import { randomGuid } from '../world/random';
import type { Connection } from '../world/World';
import type { AccessTokenClaims } from '../tokens/accessToken';

/** `GET /connections` and `DELETE /connections/{id}`; a bare array, unlike the Accounting API. */
export function connectionsEndpoint(
	context: SandboxContext,
	request: SandboxRequest,
	claims: AccessTokenClaims,
): Reply {
	const visible = visibleConnections(context, claims);
	if (request.method === 'GET' && matchPath('/connections', request.path)) {
		const authEventId = request.query.get('authEventId');
		return json(
			200,
			visible
				.filter((connection) => authEventId === null || connection.authEventId === authEventId)
				.map((connection) => present(context, connection)),
		);
	}

	const id = matchPath('/connections/:id', request.path)?.['id'];
	if (request.method !== 'DELETE' || id === undefined) return empty(404);
	const connection = visible.find((held) => held.id === id);
	if (connection === undefined) return empty(404);
	context.world.connections.set(id, { ...connection, active: false, updatedMs: context.now() });
	context.changed();
	return empty(204);
}

/** What a token sees: its user's connections; all of the app's with `app.connections`. */
export function visibleConnections(
	context: SandboxContext,
	claims: AccessTokenClaims,
): Connection[] {
	const app = context.world.apps.get(claims.client_id);
	if (app?.customConnectionTenantId !== undefined) {
		return [customConnection(context, app.clientId, app.customConnectionTenantId)];
	}
	return [...context.world.connections.values()].filter(
		(connection) =>
			connection.active &&
			connection.clientId === claims.client_id &&
			connection.tenantId !== context.faults().disconnectTenant &&
			(connection.userId === claims.xero_userid || claims.scope.includes('app.connections')),
	);
}

/** A Custom Connection is made in Xero's portal, so it is there from the first call on. */
function customConnection(context: SandboxContext, clientId: string, tenantId: string): Connection {
	const { connections } = context.world;
	const known = [...connections.values()].find((held) => held.clientId === clientId);
	if (known !== undefined) return known;

	const now = context.now();
	const made: Connection = {
		id: randomGuid(context.random),
		clientId,
		userId: '',
		tenantId,
		authEventId: randomGuid(context.random),
		createdMs: now,
		updatedMs: now,
		active: true,
	};
	connections.set(made.id, made);
	return made;
}

function present(context: SandboxContext, connection: Connection) {
	return {
		id: connection.id,
		authEventId: connection.authEventId,
		tenantId: connection.tenantId,
		tenantType: 'ORGANISATION',
		tenantName: context.world.organisations.get(connection.tenantId)?.name ?? null,
		createdDateUtc: sevenDecimals(connection.createdMs),
		updatedDateUtc: sevenDecimals(connection.updatedMs),
	};
}

/** `2019-12-07T18:46:19.5165400`: seven decimals, no zone, UTC all the same. */
function sevenDecimals(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, -1)}0000`;
}
