import type { GrantVault } from '../grants/grantVault';
import type { ConnectionRows } from '../connections/connectionRows';
import type { AtXero, RemoveAtXero } from './removeAtXero';

/**
 * Removes a connection, at Xero first: when Xero fails, it is still here and can be removed again.
 *
 * @throws NotFoundError, or what the call to Xero throws
 */
export type Disconnect = (workspaceId: string, connectionId: string) => Promise<AtXero>;

export interface DisconnectDeps {
	readonly connections: Pick<ConnectionRows, 'get' | 'remove'>;
	readonly removeAtXero: RemoveAtXero;
	readonly vault: Pick<GrantVault, 'removeIfUnused'>;
}

export function createDisconnect({ connections, removeAtXero, vault }: DisconnectDeps): Disconnect {
	return async function disconnect(workspaceId, connectionId) {
		const connection = await connections.get(workspaceId, connectionId);
		const atXero = await removeAtXero(connection);
		await connections.remove(workspaceId, connection.id);
		await vault.removeIfUnused(connection.grantId);
		return atXero;
	};
}
