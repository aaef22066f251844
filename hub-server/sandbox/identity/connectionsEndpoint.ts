import type { SandboxContext } from '../context/SandboxContext';
import { matchPath } from '../http/matchPath';
import { empty, json, type Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { AccessTokenClaims } from '../tokens/accessToken';
import { visibleConnections } from '../tokens/visibleConnections';
import type { Connection } from '../world/World';

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
