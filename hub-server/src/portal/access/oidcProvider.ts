import * as oauth from 'oauth4webapi';
import type { Clock } from '../../clock';
import type { OidcConfig } from '../../config/Config';

/** Who somebody is, as the provider says. */
export interface OidcIdentity {
	readonly issuer: string;
	/** Stays with the person, whatever their address becomes. */
	readonly subject: string;
	readonly email: string | undefined;
	/** Whether the provider has seen that the address is theirs. */
	readonly emailVerified: boolean;
	readonly name: string | undefined;
	readonly groups: readonly string[];
}

/** What the answer is held against; secret. */
export interface OidcLogin {
	readonly state: string;
	readonly nonce: string;
	readonly codeVerifier: string;
	/** Whether the person had to prove anew who they are. */
	readonly anew: boolean;
}

/** A provider of OpenID Connect: code flow with PKCE (S256), state and nonce. */
export interface OidcProvider {
	/** Where to send the browser. @throws Error when the provider cannot be asked */
	begin(anew: boolean): Promise<{ readonly url: string; readonly login: OidcLogin }>;
	/**
	 * @param back the address that the browser came back to, with its query
	 * @throws Error when the answer does not fit what was begun, or the provider said no
	 */
	finish(login: OidcLogin, back: string): Promise<OidcIdentity>;
}

/** How long ago the person may have proved who they are, where they were asked anew. */
const ANEW_SECONDS = 600;

const CLOCK_TOLERANCE_SECONDS = 60;

const TIMEOUT_MS = 20_000;

export function createOidcProvider(
	config: OidcConfig,
	redirectUri: string,
	now: Clock,
): OidcProvider {
	const issuer = new URL(config.issuer);
	const clientNow = (): oauth.Client => ({
		client_id: config.clientId,
		[oauth.clockSkew]: Math.round((now() - Date.now()) / 1000),
		[oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
	});
	const options = () => ({
		signal: AbortSignal.timeout(TIMEOUT_MS),
		// Only where the operator wrote http:// themselves.
		[oauth.allowInsecureRequests]: issuer.protocol === 'http:',
	});
	let known: oauth.AuthorizationServer | undefined;

	/** Asked once: what fails is asked again. */
	async function discover(): Promise<oauth.AuthorizationServer> {
		if (known !== undefined) return known;
		const response = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...options() });
		known = await oauth.processDiscoveryResponse(issuer, response);
		return known;
	}

	return {
		async begin(anew) {
			const server = await discover();
			const login = {
				state: oauth.generateRandomState(),
				nonce: oauth.generateRandomNonce(),
				codeVerifier: oauth.generateRandomCodeVerifier(),
				anew,
			};
			if (server.authorization_endpoint === undefined) {
				throw new Error('The provider names no address for signing in.');
			}
			const url = new URL(server.authorization_endpoint);
			for (const [name, value] of Object.entries({
				response_type: 'code',
				client_id: config.clientId,
				redirect_uri: redirectUri,
				scope: config.scopes,
				state: login.state,
				nonce: login.nonce,
				code_challenge: await oauth.calculatePKCECodeChallenge(login.codeVerifier),
				code_challenge_method: 'S256',
				...(anew && { prompt: 'login', max_age: '0' }),
			})) {
				url.searchParams.set(name, value);
			}
			return { url: url.href, login };
		},

		async finish({ state, nonce, codeVerifier, anew }, back) {
			const server = await discover();
			const client = clientNow();
			const callback = oauth.validateAuthResponse(server, client, new URL(back), state);
			const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
			const authenticate = methods.includes('client_secret_basic')
				? oauth.ClientSecretBasic(config.clientSecret)
				: oauth.ClientSecretPost(config.clientSecret);
			const response = await oauth.authorizationCodeGrantRequest(
				server,
				client,
				authenticate,
				callback,
				redirectUri,
				codeVerifier,
				options(),
			);
			const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
				expectedNonce: nonce,
				requireIdToken: true,
				...(anew && { maxAge: ANEW_SECONDS }),
			});
			const idToken = oauth.getValidatedIdTokenClaims(tokens);
			if (idToken === undefined) throw new Error('The provider sent no ID token.');
			const more =
				server.userinfo_endpoint === undefined
					? {}
					: await oauth.processUserInfoResponse(
							server,
							client,
							idToken.sub,
							await oauth.userInfoRequest(server, client, tokens.access_token, options()),
						);
			return identityOf(config, { ...idToken, ...more });
		},
	};
}

function identityOf(
	{ issuer, groupsClaim }: OidcConfig,
	claims: Readonly<Record<string, unknown>> & { readonly sub: string },
): OidcIdentity {
	const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
	return {
		issuer,
		subject: claims.sub,
		email: text(claims['email'])?.toLowerCase(),
		emailVerified: claims['email_verified'] === true,
		name: text(claims['name']),
		groups: [claims[groupsClaim] ?? []].flat().filter((one) => typeof one === 'string'),
	};
}
