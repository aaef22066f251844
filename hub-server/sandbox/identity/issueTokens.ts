import { createHash } from 'node:crypto';
import type { SandboxContext } from '../context/SandboxContext';
import { TOKEN_AUDIENCE, type TokenSigner } from '../tokens/accessToken';
import { ALPHANUMERIC, randomGuid, randomText } from '../world/random';
import { grantKey, type User, type XeroApp } from '../world/World';

const ACCESS_TOKEN_SECONDS = 1_800;
const ID_TOKEN_SECONDS = 300;

export interface UserConsent {
	readonly clientId: string;
	readonly userId: string;
	/** What was asked for at this consent; the access token carries the whole grant. */
	readonly scopes: readonly string[];
	readonly authEventId: string;
	readonly authTimeMs: number;
	readonly nonce?: string | undefined;
}

/** The answer of the token endpoint for a user's consent; keeps the new refresh token. */
export function issueUserTokens(
	context: SandboxContext,
	signer: TokenSigner,
	origin: string,
	consent: UserConsent,
): Readonly<Record<string, unknown>> {
	const { world, random } = context;
	const user = world.users.get(consent.userId) as User;
	const consented =
		world.grants.get(grantKey(consent.clientId, consent.userId))?.scopes ?? consent.scopes;
	const withheld = context.faults().withholdScopes;
	const granted = consented.filter((scope) => !withheld.includes(scope));
	const issuer = context.faults().issuer ?? origin;
	const sessionId = consent.authEventId.replaceAll('-', '');

	const accessToken = signAccessToken(context, signer, {
		iss: issuer,
		client_id: consent.clientId,
		sub: subjectOf(user),
		auth_time: toSeconds(consent.authTimeMs),
		xero_userid: user.id,
		global_session_id: sessionId,
		sid: sessionId,
		authentication_event_id: consent.authEventId,
		scope: granted,
		amr: ['pwd'],
	});

	return {
		...(consent.scopes.includes('openid') && {
			id_token: signIdToken(context, signer, issuer, consent, user, accessToken, sessionId),
		}),
		access_token: accessToken,
		expires_in: ACCESS_TOKEN_SECONDS,
		token_type: 'Bearer',
		...(consent.scopes.includes('offline_access') && {
			refresh_token: keepRefreshToken(context, randomText(random, ALPHANUMERIC, 43), consent),
		}),
		scope: granted.join(' '),
	};
}

/** The answer for an app that acts for itself: no user, no refresh token. */
export function issueAppTokens(
	context: SandboxContext,
	signer: TokenSigner,
	origin: string,
	app: XeroApp,
	scopes: readonly string[],
): Readonly<Record<string, unknown>> {
	const accessToken = signAccessToken(context, signer, {
		iss: context.faults().issuer ?? origin,
		client_id: app.clientId,
		scope: scopes,
	});
	return {
		access_token: accessToken,
		expires_in: ACCESS_TOKEN_SECONDS,
		token_type: 'Bearer',
		scope: scopes.join(' '),
	};
}

function signAccessToken(
	context: SandboxContext,
	signer: TokenSigner,
	claims: Readonly<Record<string, unknown>>,
): string {
	const now = context.now();
	const jti = randomGuid(context.random).replaceAll('-', '').toUpperCase();
	const expiresMs = now + ACCESS_TOKEN_SECONDS * 1_000;

	for (const [id, endsMs] of context.world.accessTokens) {
		if (endsMs + FORGET_AFTER_MS > now) break;
		context.world.accessTokens.delete(id);
	}
	context.world.accessTokens.set(jti, expiresMs);

	return signer.sign({
		nbf: toSeconds(now),
		exp: toSeconds(expiresMs),
		aud: TOKEN_AUDIENCE,
		jti,
		...claims,
	});
}

const FORGET_AFTER_MS = 86_400_000;

function signIdToken(
	context: SandboxContext,
	signer: TokenSigner,
	issuer: string,
	consent: UserConsent,
	user: User,
	accessToken: string,
	sessionId: string,
): string {
	const now = context.now();
	const hash = createHash('sha256').update(accessToken).digest();
	return signer.sign({
		nbf: toSeconds(now),
		exp: toSeconds(now) + ID_TOKEN_SECONDS,
		iss: issuer,
		aud: consent.clientId,
		iat: toSeconds(now),
		...(consent.nonce !== undefined && { nonce: consent.nonce }),
		at_hash: hash.subarray(0, hash.length / 2).toString('base64url'),
		sid: sessionId,
		sub: subjectOf(user),
		auth_time: toSeconds(consent.authTimeMs),
		idp: 'local',
		xero_userid: user.id,
		global_session_id: sessionId,
		preferred_username: user.email,
		email: user.email,
		given_name: user.firstName,
		family_name: user.lastName,
		amr: ['pwd'],
	});
}

function keepRefreshToken(context: SandboxContext, token: string, consent: UserConsent): string {
	context.world.refreshTokens.set(token, {
		clientId: consent.clientId,
		userId: consent.userId,
		scopes: consent.scopes,
		authEventId: consent.authEventId,
		authTimeMs: consent.authTimeMs,
		issuedMs: context.now(),
		supersededMs: undefined,
	});
	return token;
}

/** Xero's subject is a hash of the user, not the user id. */
export function subjectOf(user: User): string {
	return createHash('md5').update(user.id).digest('hex');
}

function toSeconds(ms: number): number {
	return Math.floor(ms / 1_000);
}
