import { createHash } from 'node:crypto';
import type { SandboxContext } from '../context/SandboxContext';
import { json, type Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { TokenSigner } from '../tokens/accessToken';
import { mayAskForItself } from '../tokens/scopes';
import type { XeroApp } from '../world/World';
import { authenticateClient } from './authenticateClient';
import { issueAppTokens, issueUserTokens } from './issueTokens';

const CODE_LIFETIME_MS = 5 * 60_000;
const REFRESH_LIFETIME_MS = 60 * 86_400_000;

/** `POST /connect/token`: code (with and without PKCE), refresh token, client credentials. Every refusal is a 400 with RFC 6749's body. */
export function tokenEndpoint(
	context: SandboxContext,
	signer: TokenSigner,
	request: SandboxRequest,
): Reply {
	const form = new URLSearchParams(request.body.toString());
	const app = authenticateClient(context.world, request.headers.authorization, form);
	if (app === undefined) return refuse('invalid_client');

	const grant = GRANTS.get(form.get('grant_type'));
	return grant === undefined
		? refuse('unsupported_grant_type')
		: grant(context, signer, request.origin, app, form);
}

type Grant = (
	context: SandboxContext,
	signer: TokenSigner,
	origin: string,
	app: XeroApp,
	form: URLSearchParams,
) => Reply;

const GRANTS: ReadonlyMap<string | null, Grant> = new Map([
	['authorization_code', exchangeCode],
	['refresh_token', refresh],
	['client_credentials', actForItself],
]);

function exchangeCode(
	context: SandboxContext,
	signer: TokenSigner,
	origin: string,
	app: XeroApp,
	form: URLSearchParams,
): Reply {
	const presented = form.get('code') ?? '';
	const code = context.world.codes.get(presented);
	if (code === undefined || code.clientId !== app.clientId) return refuse('invalid_grant');

	context.world.codes.delete(presented);
	context.changed();
	if (context.now() - code.issuedMs >= CODE_LIFETIME_MS) return refuse('invalid_grant');
	if (code.redirectUri !== form.get('redirect_uri')) return refuse('invalid_grant');
	if (!provesChallenge(code.codeChallenge, form.get('code_verifier')))
		return refuse('invalid_grant');

	return answer(issueUserTokens(context, signer, origin, { ...code, authTimeMs: code.issuedMs }));
}

/** A superseded token keeps working for the grace period, in case its successor was lost. */
function refresh(
	context: SandboxContext,
	signer: TokenSigner,
	origin: string,
	app: XeroApp,
	form: URLSearchParams,
): Reply {
	const { refreshTokens } = context.world;
	const presented = form.get('refresh_token') ?? '';
	const token = refreshTokens.get(presented);
	if (token === undefined || token.clientId !== app.clientId) return refuse('invalid_grant');

	const now = context.now();
	const graceMs = context.faults().refreshGraceSeconds * 1_000;
	const isSpent = token.supersededMs !== undefined && now >= token.supersededMs + graceMs;
	if (isSpent || now >= token.issuedMs + REFRESH_LIFETIME_MS) {
		refreshTokens.delete(presented);
		context.changed();
		return refuse('invalid_grant');
	}

	refreshTokens.set(presented, { ...token, supersededMs: token.supersededMs ?? now });
	const tokens = issueUserTokens(context, signer, origin, token);
	context.changed();
	return answer(tokens);
}

function actForItself(
	context: SandboxContext,
	signer: TokenSigner,
	origin: string,
	app: XeroApp,
	form: URLSearchParams,
): Reply {
	if (app.clientSecret === undefined) return refuse('unauthorized_client');
	const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
	if (scopes.length === 0 || !scopes.every((scope) => mayAskForItself(app, scope))) {
		return refuse('invalid_scope', 'Client credentials scope validation failed');
	}
	return answer(issueAppTokens(context, signer, origin, app, scopes));
}

/** RFC 7636, S256 only. A verifier without a challenge is refused, as is the reverse. */
function provesChallenge(challenge: string | undefined, verifier: string | null): boolean {
	if (challenge === undefined) return verifier === null;
	if (verifier === null || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
	return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

function answer(tokens: Readonly<Record<string, unknown>>): Reply {
	return json(200, tokens, {
		'cache-control': 'no-store, no-cache, max-age=0',
		pragma: 'no-cache',
	});
}

function refuse(error: string, description?: string): Reply {
	return json(400, { error, ...(description !== undefined && { error_description: description }) });
}
