import type { GrantVault } from '../vault/grantVault';
import type { ConnectionRows } from './connectionRows';
import type { XeroConnections } from './xeroConnections';
import { ReauthRequiredError } from './xeroErrors';

/**
 * Removes a connection, at Xero first: when Xero fails, it is still here and can be removed again. One
 * that another workspace uses too stays at Xero.
 *
 * @throws NotFoundError, or what the call to Xero throws
 */
export type Disconnect = (workspaceId: string, connectionId: string) => Promise<void>;

export interface DisconnectDeps {
	readonly connections: Pick<ConnectionRows, 'get' | 'holders' | 'remove'>;
	readonly xeroConnections: Pick<XeroConnections, 'remove'>;
	readonly vault: Pick<GrantVault, 'removeIfUnused'>;
}

export function createDisconnect({
	connections,
	xeroConnections,
	vault,
}: DisconnectDeps): Disconnect {
	return async (workspaceId, connectionId) => {
		const connection = await connections.get(workspaceId, connectionId);
		const { xeroConnectionId } = connection;
		const holders = (await connections.holders([xeroConnectionId])).get(xeroConnectionId) ?? [];
		try {
			if (holders.length <= 1) await xeroConnections.remove(connection, xeroConnectionId);
		} catch (cause) {
			// Xero ended the consent: no token can remove it there, and none is left that could use it.
			if (!(cause instanceof ReauthRequiredError)) throw cause;
		}
		await connections.remove(workspaceId, connection.id);
		await vault.removeIfUnused(connection.grantId);
	};
}
