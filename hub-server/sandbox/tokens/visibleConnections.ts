import type { SandboxContext } from '../context/SandboxContext';
import { randomGuid } from '../world/random';
import type { Connection } from '../world/World';
import type { AccessTokenClaims } from './accessToken';

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
