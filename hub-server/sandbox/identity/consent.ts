import type { SandboxContext } from '../context/SandboxContext';
import { ALPHANUMERIC, randomGuid, randomText } from '../world/random';
import { grantKey, type Tier, type XeroApp } from '../world/World';
import type { AuthorizeRequest } from './readAuthorizeRequest';

/** Connections an app may hold. Enterprise apps agree on theirs with Xero. */
export const CONNECTION_CAPS: Readonly<Record<Tier, number>> = {
	starter: 5,
	core: 50,
	plus: 1_000,
	advanced: 10_000,
	enterprise: Number.POSITIVE_INFINITY,
};

/** Whether the app has no room for the organisations it does not reach yet. */
export function exceedsConnectionCap(
	context: SandboxContext,
	app: XeroApp,
	userId: string,
	tenantIds: readonly string[],
): boolean {
	const active = [...context.world.connections.values()].filter(
		(connection) => connection.active && connection.clientId === app.clientId,
	);
	const added = tenantIds.filter(
		(tenantId) => !active.some((held) => held.tenantId === tenantId && held.userId === userId),
	);
	return active.length + added.length > CONNECTION_CAPS[app.tier];
}

/** Connects the organisations, adds the scopes to the user's grant, and returns a fresh code. */
export function consent(
	context: SandboxContext,
	request: AuthorizeRequest,
	userId: string,
	tenantIds: readonly string[],
): string {
	const { world, random } = context;
	const { clientId } = request.app;
	const authEventId = randomGuid(random);
	const now = context.now();

	for (const tenantId of tenantIds)
		connect(context, { clientId, userId, tenantId, authEventId, now });

	const key = grantKey(clientId, userId);
	const scopes = new Set([...(world.grants.get(key)?.scopes ?? []), ...request.scopes]);
	world.grants.set(key, { clientId, userId, scopes: [...scopes] });

	for (const [code, held] of world.codes) {
		if (now - held.issuedMs > 3_600_000) world.codes.delete(code);
	}
	const code = randomText(random, ALPHANUMERIC, 43);
	world.codes.set(code, {
		clientId,
		userId,
		redirectUri: request.redirectUri,
		scopes: request.scopes,
		authEventId,
		codeChallenge: request.codeChallenge,
		nonce: request.nonce,
		issuedMs: now,
	});
	context.changed();
	return code;
}

function connect(
	context: SandboxContext,
	wish: { clientId: string; userId: string; tenantId: string; authEventId: string; now: number },
): void {
	const { connections } = context.world;
	const known = [...connections.values()].find(
		(held) =>
			held.clientId === wish.clientId &&
			held.userId === wish.userId &&
			held.tenantId === wish.tenantId,
	);
	const id = known?.id ?? randomGuid(context.random);
	connections.set(id, {
		id,
		clientId: wish.clientId,
		userId: wish.userId,
		tenantId: wish.tenantId,
		authEventId: wish.authEventId,
		createdMs: known?.createdMs ?? wish.now,
		updatedMs: wish.now,
		active: true,
	});
}
