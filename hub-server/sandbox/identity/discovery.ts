import type { SandboxContext } from '../context/SandboxContext';
import { json, type Reply } from '../http/Reply';
import type { TokenSigner } from '../tokens/accessToken';

/** `/.well-known/openid-configuration`. */
export function discovery(context: SandboxContext, origin: string): Reply {
	const issuer = context.faults().issuer ?? origin;
	return json(200, {
		issuer,
		jwks_uri: `${origin}/.well-known/openid-configuration/jwks`,
		authorization_endpoint: `${origin}/identity/connect/authorize`,
		token_endpoint: `${origin}/connect/token`,
		userinfo_endpoint: `${origin}/connect/userinfo`,
		revocation_endpoint: `${origin}/connect/revocation`,
		scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
		grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
		response_types_supported: ['code'],
		response_modes_supported: ['query'],
		token_endpoint_auth_methods_supported: ['client_secret_basic'],
		id_token_signing_alg_values_supported: ['RS256'],
		subject_types_supported: ['public'],
		code_challenge_methods_supported: ['S256'],
	});
}

export function jwks(signer: TokenSigner): Reply {
	return json(200, { keys: [signer.jwk] });
}
