import { mayAskUserFor } from '../tokens/scopes';
import type { World, XeroApp } from '../world/World';

/** A request to authorize that may be shown to a user. */
export interface AuthorizeRequest {
	readonly app: XeroApp;
	readonly redirectUri: string;
	readonly scopes: readonly string[];
	readonly state: string | undefined;
	readonly nonce: string | undefined;
	readonly codeChallenge: string | undefined;
	/** Whether more than one organisation may be chosen (Bulk Connections). */
	readonly bulkConnect: boolean;
}

/**
 * A fault that Xero shows on its own page: nothing is ever redirected to an unproven address. Its words are as people report them
 * (help.apideck.com/8647746 and n8n issue 26466 for `invalid_scope`).
 */
export interface AuthorizeFault {
	readonly error: string;
	readonly detail: string;
}

export function readAuthorizeRequest(
	world: World,
	query: URLSearchParams,
): AuthorizeRequest | AuthorizeFault {
	const app = world.apps.get(query.get('client_id') ?? '');
	if (app === undefined || app.customConnectionTenantId !== undefined) {
		return { error: 'unauthorized_client', detail: 'Unknown client or client not enabled' };
	}
	if (query.get('response_type') !== 'code') {
		return { error: 'unsupported_response_type', detail: 'Response type must be code' };
	}
	const redirectUri = query.get('redirect_uri') ?? '';
	if (!app.redirectUris.includes(redirectUri) || !isAllowedRedirect(redirectUri)) {
		return { error: 'invalid_request', detail: 'Invalid redirect_uri' };
	}
	const scopes = (query.get('scope') ?? '').split(/[ +]/).filter((scope) => scope !== '');
	if (scopes.length === 0 || !scopes.every((scope) => mayAskUserFor(app, scope))) {
		return { error: 'invalid_scope', detail: 'Invalid scope for client' };
	}
	const codeChallenge = query.get('code_challenge') ?? undefined;
	if (
		codeChallenge === undefined ? app.clientSecret === undefined : !isS256(query, codeChallenge)
	) {
		return { error: 'invalid_request', detail: 'code challenge required' };
	}

	return {
		app,
		redirectUri,
		scopes,
		state: query.get('state') ?? undefined,
		nonce: query.get('nonce') ?? undefined,
		codeChallenge,
		bulkConnect:
			(app.tier === 'advanced' || app.tier === 'enterprise') &&
			query.get('acr_values') !== 'bulk_connect:false',
	};
}

/** https, or http on `localhost` by that name: Xero refuses http://127.0.0.1. */
export function isAllowedRedirect(uri: string): boolean {
	if (!URL.canParse(uri)) return false;
	const { protocol, hostname } = new URL(uri);
	return protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
}

function isS256(query: URLSearchParams, challenge: string): boolean {
	return query.get('code_challenge_method') === 'S256' && /^[A-Za-z0-9_-]{43}$/.test(challenge);
}
