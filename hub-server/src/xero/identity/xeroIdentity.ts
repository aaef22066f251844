import * as oauth from 'oauth4webapi';
import type { Clock } from '../../clock';
import type { XeroUrls } from '../../config/Config';
import { explainTokenFailure, type TokenAnswer, type TokenFailure } from './tokenFailure';

/** The id and secret of a workspace's own Xero app. */
export interface AppCredentials {
	readonly clientId: string;
	readonly clientSecret: string;
}

export interface TokenSet {
	readonly accessToken: string;
	/** Absent for client credentials, and without the scope `offline_access`. */
	readonly refreshToken: string | undefined;
	/** Space separated. */
	readonly scope: string;
	/** Epoch milliseconds, counted from before the request: never later than Xero's own reckoning. */
	readonly expiresAt: number;
}

export type TokenOutcome = { readonly kind: 'tokens'; readonly tokens: TokenSet } | TokenFailure;

/** The id token of a consent is of another time than ours. */
export interface ClockOff {
	readonly kind: 'clock_off';
	/** How far our clock is ahead of Xero's, in milliseconds; negative when it is behind. */
	readonly aheadMs: number;
}

export interface AuthorizeRequest {
	readonly clientId: string;
	readonly redirectUri: string;
	readonly scopes: readonly string[];
	readonly state: string;
	readonly nonce: string;
	readonly codeVerifier: string;
}

export interface CodeExchange {
	readonly code: string;
	/** Exactly as in the authorize request. */
	readonly redirectUri: string;
	readonly codeVerifier: string;
	readonly nonce: string;
}

/** Xero's identity server. What it refuses comes back as a value; nothing here throws for it. */
export interface XeroIdentity {
	/** Where to send the browser: code flow with PKCE (S256). */
	authorizeUrl(request: AuthorizeRequest): Promise<string>;
	/** A code works once, for five minutes. The id token's issuer, audience and nonce are checked. */
	exchangeCode(app: AppCredentials, exchange: CodeExchange): Promise<TokenOutcome | ClockOff>;
	/**
	 * Trades the refresh token for a new pair. The answer is the only copy of the new refresh token;
	 * when it is lost, the old one works for 30 more minutes.
	 */
	refresh(app: AppCredentials, refreshToken: string): Promise<TokenOutcome>;
	/** For custom connections and app-level scopes. */
	clientCredentials(app: AppCredentials, scopes: readonly string[]): Promise<TokenOutcome>;
	/** Removes ALL connections of this user to the app, also those that other workspaces use. */
	revoke(
		app: AppCredentials,
		refreshToken: string,
	): Promise<{ readonly kind: 'revoked' } | TokenFailure>;
}

export interface XeroIdentityDeps {
	readonly urls: Pick<XeroUrls, 'login' | 'identity'>;
	readonly clock: Clock;
	readonly fetch?: typeof globalThis.fetch;
	/** For the whole exchange; shorter than the vault's lease, so a holder knows its fate in time. */
	readonly timeoutMs?: number;
}

/** How far Xero's clock and ours may differ where an id token is checked, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 300;

/**
 * The endpoints are written down instead of discovered: repeated discovery is answered with a 403
 * page, and Xero has not moved them since 2019.
 */
export function createXeroIdentity(deps: XeroIdentityDeps): XeroIdentity {
	const { urls, clock, timeoutMs = 20_000 } = deps;
	const fetch = deps.fetch ?? globalThis.fetch;
	const server: oauth.AuthorizationServer = {
		issuer: urls.identity,
		authorization_endpoint: `${urls.login}/identity/connect/authorize`,
		token_endpoint: `${urls.identity}/connect/token`,
		revocation_endpoint: `${urls.identity}/connect/revocation`,
	};

	const clientOf = ({ clientId }: AppCredentials): oauth.Client => ({
		client_id: clientId,
		[oauth.clockSkew]: Math.round((clock() - Date.now()) / 1000),
		[oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
	});

	const requestOptions = () => ({
		signal: AbortSignal.timeout(timeoutMs),
		[oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<'POST', URLSearchParams>) =>
			fetch(url, init),
		// The sandbox speaks http; whoever configures Xero's URLs decides, and the defaults are https.
		[oauth.allowInsecureRequests]: true,
	});

	async function tokens(
		send: () => Promise<Response>,
		process: (response: Response) => Promise<oauth.TokenEndpointResponse>,
	): Promise<TokenOutcome> {
		const startedAt = clock();
		let copy: Response | undefined;
		try {
			const response = await send();
			copy = response.clone();
			const answer = await process(response);
			return {
				kind: 'tokens',
				tokens: {
					accessToken: answer.access_token,
					refreshToken: answer.refresh_token,
					scope: answer.scope ?? '',
					expiresAt: startedAt + (answer.expires_in ?? 0) * 1000,
				},
			};
		} catch (cause) {
			return explainTokenFailure(cause, await readAnswer(copy));
		}
	}

	return {
		async authorizeUrl(request) {
			const url = new URL(`${urls.login}/identity/connect/authorize`);
			url.search = new URLSearchParams({
				response_type: 'code',
				client_id: request.clientId,
				redirect_uri: request.redirectUri,
				scope: request.scopes.join(' '),
				state: request.state,
				nonce: request.nonce,
				code_challenge: await oauth.calculatePKCECodeChallenge(request.codeVerifier),
				code_challenge_method: 'S256',
			}).toString();
			return url.href;
		},

		async exchangeCode(app, { code, redirectUri, codeVerifier, nonce }) {
			const client = clientOf(app);
			const callback = oauth.validateAuthResponse(
				server,
				client,
				new URLSearchParams({ code }),
				oauth.expectNoState,
			);
			let clockOff: ClockOff | undefined;
			const outcome = await tokens(
				() =>
					oauth.authorizationCodeGrantRequest(
						server,
						client,
						basicAuth(app),
						callback,
						redirectUri,
						codeVerifier,
						requestOptions(),
					),
				(response) =>
					oauth
						.processAuthorizationCodeResponse(server, client, response, {
							expectedNonce: nonce,
							requireIdToken: true,
						})
						.catch((cause: unknown) => {
							clockOff = readClockOff(cause);
							throw cause;
						}),
			);
			return clockOff ?? outcome;
		},

		refresh(app, refreshToken) {
			const client = clientOf(app);
			return tokens(
				() =>
					oauth.refreshTokenGrantRequest(
						server,
						client,
						basicAuth(app),
						refreshToken,
						requestOptions(),
					),
				async (response) =>
					oauth.processRefreshTokenResponse(server, client, await withoutIdToken(response)),
			);
		},

		clientCredentials(app, scopes) {
			const client = clientOf(app);
			return tokens(
				() =>
					oauth.clientCredentialsGrantRequest(
						server,
						client,
						basicAuth(app),
						{ scope: scopes.join(' ') },
						requestOptions(),
					),
				(response) => oauth.processClientCredentialsResponse(server, client, response),
			);
		},

		async revoke(app, refreshToken) {
			let copy: Response | undefined;
			try {
				const response = await oauth.revocationRequest(
					server,
					clientOf(app),
					basicAuth(app),
					refreshToken,
					requestOptions(),
				);
				copy = response.clone();
				await oauth.processRevocationResponse(response);
				return { kind: 'revoked' };
			} catch (cause) {
				return explainTokenFailure(cause, await readAnswer(copy));
			}
		},
	};
}

/** The library reads the body itself, and not at all where there is a challenge. */
async function readAnswer(copy: Response | undefined): Promise<TokenAnswer | undefined> {
	if (copy === undefined) return undefined;
	return { status: copy.status, text: await copy.text().catch(() => '') };
}

/**
 * HTTP Basic with id and secret form-encoded (RFC 6749 §2.3.1), but not the characters that Xero's
 * own secrets are made of: for those a server that does not decode sees the same text.
 */
function basicAuth({ clientId, clientSecret }: AppCredentials): oauth.ClientAuth {
	const pair = [clientId, clientSecret]
		.map((part) => encodeURIComponent(part).replaceAll('%20', '+'))
		.join(':');
	return (_server, _client, _body, headers) => {
		headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
	};
}

/** What the library says of an id token whose times do not fit, with the token's own claims. */
function readClockOff(thrown: unknown): ClockOff | undefined {
	if (!(thrown instanceof oauth.OperationProcessingError)) return undefined;
	const { claims, now } = (thrown.cause ?? {}) as {
		readonly claims?: { readonly iat?: unknown };
		readonly now?: unknown;
	};
	if (thrown.code !== oauth.JWT_TIMESTAMP_CHECK) return undefined;
	if (typeof claims?.iat !== 'number' || typeof now !== 'number') return undefined;
	return { kind: 'clock_off', aheadMs: (now - claims.iat) * 1000 };
}

/**
 * Who the user is was settled at consent. A complaint about the id token of a refresh, such as a
 * clock that runs apart, must not cost the only copy of the new refresh token.
 */
async function withoutIdToken(response: Response): Promise<Response> {
	if (!response.ok) return response;
	const body = (await response.json()) as Record<string, unknown>;
	return new Response(JSON.stringify({ ...body, id_token: undefined }), {
		status: response.status,
		headers: { 'content-type': 'application/json' },
	});
}
