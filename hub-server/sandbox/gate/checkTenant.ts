import type { IncomingHttpHeaders } from 'node:http';
import type { SandboxContext } from '../context/SandboxContext';
import { empty, type Reply } from '../http/Reply';
import type { AccessTokenClaims } from '../tokens/accessToken';
import { visibleConnections } from '../tokens/visibleConnections';
import type { Organisation } from '../world/World';
import { forbidden } from './refusals';

/** The organisation that the call is for, or the 403 of one that this user has not connected. */
export function checkTenant(
	context: SandboxContext,
	headers: IncomingHttpHeaders,
	claims: AccessTokenClaims,
): { readonly organisation: Organisation } | { readonly refusal: Reply } {
	const { world } = context;
	const header = headers['xero-tenant-id'];
	const named = typeof header === 'string' && header !== '' ? header.toLowerCase() : undefined;
	const own = world.apps.get(claims.client_id)?.customConnectionTenantId;
	const tenantId = named ?? own;

	const isConnected = visibleConnections(context, claims).some(
		(held) => held.tenantId === tenantId,
	);
	const organisation = tenantId === undefined ? undefined : world.organisations.get(tenantId);
	const actsForUser = claims.xero_userid !== undefined || own !== undefined;
	if (!isConnected || organisation === undefined || !actsForUser) {
		return { refusal: forbidden(context.random) };
	}
	if (tenantId === context.faults().offlineTenant) {
		return { refusal: { ...empty(503), body: 'The Organisation is offline' } };
	}
	return { organisation };
}
