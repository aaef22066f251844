import type { SandboxContext } from '../context/SandboxContext';
import type { Reply } from '../http/Reply';
import type { AccessTokenClaims } from '../tokens/accessToken';
import { sufficientScopes } from '../tokens/scopes';
import { unauthorized } from './refusals';

/** Xero's 401 for a token without any of the scopes that open the resource. */
export function checkScope(
	context: SandboxContext,
	claims: AccessTokenClaims,
	scopes: readonly string[],
	access: 'read' | 'write',
): Reply | undefined {
	const sufficient = sufficientScopes(scopes, access);
	if (sufficient.some((scope) => claims.scope.includes(scope))) return undefined;
	const error = context.faults().misspellInsufficientScope
		? 'insufficent_scope'
		: 'insufficient_scope';
	return unauthorized(context.random, 'AuthorizationUnsuccessful', `Bearer error="${error}"`);
}
