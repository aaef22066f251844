import type { AppKeys, ReadAppKeys } from '../xero/identity/appKeys';
import { connectionCap } from '../workspaces/connectionCap';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';
import { ConnectionCapError } from '../errors/xeroErrors';
import { leastScopes } from '../xero/identity/scopeCover';
import { SCOPES_BY_APPROVAL } from '../xero/identity/xeroScopes';
import type { XeroIdentity } from '../xero/identity/xeroIdentity';
import type { ConnectStates, ConnectTies } from './connectStates';

/**
 * Begins a consent: Xero's address for the browser, good for ten minutes and one use.
 *
 * @throws AppKeysMissingError
 * @throws QuotaReachedError where the workspace may have no organisation more
 * @throws ConnectionCapError where Xero would show a page of its own from which nobody comes back
 */
export type StartConnect = (
	workspace: { readonly id: string },
	ties?: ConnectTies,
) => Promise<string>;

export interface StartConnectDeps {
	readonly states: Pick<ConnectStates, 'create'>;
	readonly readAppKeys: ReadAppKeys;
	readonly identity: Pick<XeroIdentity, 'authorizeUrl'>;
	readonly connections: Pick<ConnectionRows, 'list' | 'countOfApp'>;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'requireRoom'>;
	/** Without a trailing slash. */
	readonly publicUrl: string;
}

/** `offline_access` brings the refresh token and webhooks, `openid` the id token that holds the nonce. */
const ALWAYS_ASKED = ['openid', 'offline_access'];

export function createStartConnect(deps: StartConnectDeps): StartConnect {
	const { states, readAppKeys, identity, connections, workspaceLimits, publicUrl } = deps;

	/** Who reconnects uses no connection more; so may a person whom a lost consent led here. */
	async function requireRoom(workspaceId: string, { clientId, tier }: AppKeys): Promise<void> {
		const cap = connectionCap(tier);
		const held = await connections.list(workspaceId);
		if (held.some(({ status }) => status !== 'active')) return;
		await workspaceLimits.requireRoom(workspaceId, 'organisations', held.length);
		if ((await connections.countOfApp(clientId)) >= cap) throw new ConnectionCapError(tier, cap);
	}

	/**
	 * Who reconnects keeps what was granted, and gets what is asked for besides: scopes add up at Xero. What
	 * Xero must approve the app for is asked for where it still stands in the app keys, since otherwise one
	 * that was approved no longer could never be reconnected.
	 */
	async function scopesFor(
		workspaceId: string,
		{ clientId, scopes }: AppKeys,
		tenantId: string | undefined,
	): Promise<readonly string[]> {
		if (tenantId === undefined) return scopes;
		const held = await connections.list(workspaceId);
		const granted = held
			.filter((one) => one.tenantId === tenantId && one.clientId === clientId)
			.flatMap(({ grantedScopes }) => grantedScopes)
			.filter((scope) => !SCOPES_BY_APPROVAL.has(scope));
		return leastScopes([...scopes, ...granted]);
	}

	return async ({ id }, ties) => {
		const app = await readAppKeys(id);
		if (ties?.tenantId === undefined) await requireRoom(id, app);
		const { clientId } = app;
		const scopes = await scopesFor(id, app, ties?.tenantId);
		const { state, nonce, codeVerifier } = await states.create(id, ties);
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
