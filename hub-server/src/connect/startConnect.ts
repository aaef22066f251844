import type { ReadAppKeys } from '../vault/appKeys';
import type { XeroIdentity } from '../xero/xeroIdentity';
import type { ConnectStates } from './connectStates';

/**
 * Begins a consent: Xero's address for the browser, good for ten minutes and one use.
 *
 * @throws AppKeysMissingError
 */
export type StartConnect = (workspace: { readonly id: string }) => Promise<string>;

export interface StartConnectDeps {
	readonly states: Pick<ConnectStates, 'create'>;
	readonly readAppKeys: ReadAppKeys;
	readonly identity: Pick<XeroIdentity, 'authorizeUrl'>;
	/** Without a trailing slash. */
	readonly publicUrl: string;
}

/** `offline_access` brings the refresh token and webhooks, `openid` the id token that holds the nonce. */
const ALWAYS_ASKED = ['openid', 'offline_access'];

export function createStartConnect(deps: StartConnectDeps): StartConnect {
	const { states, readAppKeys, identity, publicUrl } = deps;

	return async ({ id }) => {
		const { clientId, scopes } = await readAppKeys(id);
		const { state, nonce, codeVerifier } = await states.create(id);
		return identity.authorizeUrl({
			clientId,
			redirectUri: redirectUriOf(publicUrl),
			scopes: [...new Set([...ALWAYS_ASKED, ...scopes])],
			state,
			nonce,
			codeVerifier,
		});
	};
}

/** What must be registered with the Xero app, to the letter. */
export function redirectUriOf(publicUrl: string): string {
	return `${publicUrl}/oauth/callback`;
}
