import type { ReadAppKeys } from '../xero/identity/appKeys';
import type { GrantVault } from '../xero/grants/grantVault';
import type { XeroConnections } from '../xero/api/xeroConnections';
import { AppKeysRefusedError, XeroRefusedError, XeroUnreachableError } from '../errors/xeroErrors';
import type { XeroIdentity } from '../xero/identity/xeroIdentity';

/**
 * Connects a Custom Connection: the app acts for itself, for its one organisation, without a browser.
 *
 * @returns the organisations' ids
 * @throws AppKeysMissingError, AppKeysRefusedError, XeroRefusedError, XeroUnreachableError
 */
export type ConnectApp = (workspaceId: string) => Promise<readonly string[]>;

export interface ConnectAppDeps {
	readonly readAppKeys: ReadAppKeys;
	readonly identity: Pick<XeroIdentity, 'clientCredentials'>;
	readonly vault: Pick<GrantVault, 'store'>;
	readonly xeroConnections: Pick<XeroConnections, 'withToken'>;
}

/**
 * Not asked for: what only a person can consent to, and what would list every connection of the app,
 * whoever made it.
 */
const NOT_FOR_ONE_ORGANISATION = [
	'openid',
	'profile',
	'email',
	'offline_access',
	'app.connections',
];

export function createConnectApp(deps: ConnectAppDeps): ConnectApp {
	const { readAppKeys, identity, vault, xeroConnections } = deps;

	return async function connectApp(workspaceId) {
		const app = await readAppKeys(workspaceId);
		const scopes = app.scopes.filter((scope) => !NOT_FOR_ONE_ORGANISATION.includes(scope));
		const outcome = await identity.clientCredentials(app, scopes);
		switch (outcome.kind) {
			case 'tokens': {
				const { tokens } = outcome;
				const organisations = await xeroConnections.withToken(tokens.accessToken).list();
				if (organisations.length === 0) throw new XeroRefusedError(NO_ORGANISATION);
				const scope = tokens.scope === '' ? scopes.join(' ') : tokens.scope;
				await vault.store({
					workspaceId,
					clientId: app.clientId,
					xeroUserId: `app ${app.clientId}`,
					tokens: { ...tokens, scope },
					organisations,
				});
				return organisations.map(({ tenantId }) => tenantId);
			}
			case 'invalid_client':
			case 'invalid_grant':
				throw new AppKeysRefusedError();
			case 'refused':
				throw new XeroRefusedError(outcome.reason);
			case 'unreachable':
				throw new XeroUnreachableError(outcome.reason);
		}
	};
}

const NO_ORGANISATION =
	'this app is connected to no organisation. Authorise the Custom Connection at Xero first.';
