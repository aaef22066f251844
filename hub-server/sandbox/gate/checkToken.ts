import type { IncomingHttpHeaders } from 'node:http';
import type { SandboxContext } from '../context/SandboxContext';
import type { Reply } from '../http/Reply';
import { TOKEN_AUDIENCE, type AccessTokenClaims, type TokenSigner } from '../tokens/accessToken';
import { unauthorized } from './refusals';

/** The claims of the bearer token, or Xero's 401. */
export function checkToken(
	context: SandboxContext,
	signer: TokenSigner,
	headers: IncomingHttpHeaders,
): { readonly claims: AccessTokenClaims } | { readonly refusal: Reply } {
	const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
	const claims = token === undefined ? undefined : signer.read(token);
	if (claims === undefined || !context.world.apps.has(claims.client_id)) {
		return refuse(context, 'AuthenticationUnsuccessful');
	}
	if (claims.aud !== TOKEN_AUDIENCE) return refuse(context, 'TokenInvalidAudience');

	const expMs = claims.exp * 1_000;
	const endsMs = Math.min(expMs, context.world.accessTokens.get(claims.jti) ?? expMs);
	if (context.now() >= endsMs) {
		return refuse(context, `TokenExpired: token expired at ${americanTime(endsMs)}`);
	}
	return { claims };
}

function refuse(context: SandboxContext, detail: string): { readonly refusal: Reply } {
	return { refusal: unauthorized(context.random, detail, 'Bearer error="invalid_token"') };
}

/** MM/dd/yyyy HH:mm:ss, UTC. */
function americanTime(ms: number): string {
	const iso = new Date(ms).toISOString();
	return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}`;
}
