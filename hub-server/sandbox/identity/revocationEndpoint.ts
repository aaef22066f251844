import type { SandboxContext } from '../context/SandboxContext';
import { empty, json, type Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import { grantKey } from '../world/World';
import { authenticateClient } from './authenticateClient';

/**
 * `POST /connect/revocation`: ends the user's consent to the app, with all its refresh tokens and
 * connections. An unknown token is fine, as RFC 7009 has it.
 */
export function revocationEndpoint(context: SandboxContext, request: SandboxRequest): Reply {
	const { world } = context;
	const form = new URLSearchParams(request.body.toString());
	const app = authenticateClient(world, request.headers.authorization, form);
	if (app === undefined) return json(400, { error: 'invalid_client' });

	const token = world.refreshTokens.get(form.get('token') ?? '');
	if (token === undefined || token.clientId !== app.clientId) return empty(200);

	const { userId } = token;
	for (const [value, held] of world.refreshTokens) {
		if (held.clientId === app.clientId && held.userId === userId) world.refreshTokens.delete(value);
	}
	for (const connection of world.connections.values()) {
		if (connection.clientId !== app.clientId || connection.userId !== userId) continue;
		world.connections.set(connection.id, { ...connection, active: false });
	}
	world.grants.delete(grantKey(app.clientId, userId));
	context.changed();
	return empty(200);
}
