import { AppKeysRefusedError, XeroRefusedError, XeroUnreachableError } from '../errors/xeroErrors';
import type { AppCredentials, XeroIdentity } from '../xero/identity/xeroIdentity';

/**
 * Proves id and secret against Xero's token endpoint; nothing changes there.
 *
 * @throws AppKeysRefusedError, XeroUnreachableError, XeroRefusedError
 */
export type VerifyAppKeys = (
	app: AppCredentials & { readonly scopes: readonly string[] },
) => Promise<void>;

/** No token that Xero ever gave looks like this. */
const NO_TOKEN = 'xero-hub-asks-whether-the-app-is-known';

/**
 * A client is authenticated before its grant is looked at (RFC 6749 §3.2.1), so a refresh token that
 * cannot exist is refused as `invalid_grant` to the right client and as `invalid_client` to a wrong one.
 */
export function createVerifyAppKeys(
	identity: Pick<XeroIdentity, 'refresh' | 'clientCredentials'>,
): VerifyAppKeys {
	return async function verifyAppKeys(app) {
		const asked = await identity.refresh(app, NO_TOKEN);
		// A Custom Connection may not refresh at all: it can ask for a token of its own.
		const outcome =
			asked.kind === 'invalid_client' ? await identity.clientCredentials(app, app.scopes) : asked;
		switch (outcome.kind) {
			case 'tokens':
			case 'invalid_grant':
				return;
			case 'invalid_client':
				throw new AppKeysRefusedError();
			case 'unreachable':
				throw new XeroUnreachableError(outcome.reason);
			case 'refused':
				// Xero knows the client and dislikes what it asked for.
				if (/scope|unsupported_grant_type/.test(outcome.reason)) return;
				throw new XeroRefusedError(outcome.reason);
		}
	};
}
