import type { SandboxContext } from '../context/SandboxContext';
import { checkToken } from '../gate/checkToken';
import type { Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { RateLimiter } from '../limits/createRateLimiter';
import { notFound } from '../resource/apiError';
import type { TokenSigner } from '../tokens/accessToken';
import { authorizeEndpoint, type AutoConsent } from './authorizeEndpoint';
import { connectionsEndpoint } from './connectionsEndpoint';
import { discovery, jwks } from './discovery';
import { revocationEndpoint } from './revocationEndpoint';
import { tokenEndpoint } from './tokenEndpoint';
import { userInfo } from './userInfo';

export type IdentityApi = (request: SandboxRequest) => Reply;

/** login.xero.com, identity.xero.com and api.xero.com/connections. */
export function createIdentityApi(deps: {
	readonly context: SandboxContext;
	readonly signer: TokenSigner;
	readonly limiter: RateLimiter;
	readonly autoConsent: AutoConsent | undefined;
}): IdentityApi {
	const { context, signer, limiter, autoConsent } = deps;

	function withToken(request: SandboxRequest, handle: 'connections' | 'userinfo'): Reply {
		const token = checkToken(context, signer, request.headers);
		if ('refusal' in token) return token.refusal;
		if (handle === 'userinfo') return userInfo(context, token.claims);

		const { appMinuteRemaining } = limiter.enterApp(token.claims.client_id);
		const reply = connectionsEndpoint(context, request, token.claims);
		return {
			...reply,
			headers: { ...reply.headers, 'x-appminlimit-remaining': String(appMinuteRemaining) },
		};
	}

	return (request) => {
		const { method } = request;
		const path = request.path.toLowerCase();
		if (path === '/identity/connect/authorize')
			return authorizeEndpoint(context, request, autoConsent);
		if (path === '/connect/token' && method === 'POST')
			return tokenEndpoint(context, signer, request);
		if (path === '/connect/revocation' && method === 'POST')
			return revocationEndpoint(context, request);
		if (path === '/connect/userinfo') return withToken(request, 'userinfo');
		if (path === '/.well-known/openid-configuration') return discovery(context, request.origin);
		if (path === '/.well-known/openid-configuration/jwks') return jwks(signer);
		if (path === '/connections' || path.startsWith('/connections/'))
			return withToken(request, 'connections');
		return notFound();
	};
}
