import type { Connection, ConnectionRows } from '../connections/connectionRows';
import type { XeroConnections } from './xeroConnections';
import { AppKeysRefusedError, ReauthRequiredError } from '../../errors/xeroErrors';

/** What became of a connection at Xero. */
export type AtXero =
	/** Removed, or Xero ended the access itself. */
	| { readonly kind: 'gone' }
	/** Another workspace uses it too. */
	| { readonly kind: 'shared' }
	/** No token can be had that could remove it. */
	| { readonly kind: 'left'; readonly reason: string };

/**
 * Removes a workspace's connection at Xero, and leaves it here.
 *
 * @throws what the call to Xero throws, where trying again can help
 */
export type RemoveAtXero = (connection: Connection) => Promise<AtXero>;

export function createRemoveAtXero(deps: {
	readonly connections: Pick<ConnectionRows, 'holders'>;
	readonly xeroConnections: Pick<XeroConnections, 'remove'>;
}): RemoveAtXero {
	const { connections, xeroConnections } = deps;

	return async function removeAtXero(connection) {
		const { xeroConnectionId: id } = connection;
		const holders = (await connections.holders([id])).get(id) ?? [];
		if (holders.some((workspaceId) => workspaceId !== connection.workspaceId)) {
			return { kind: 'shared' };
		}
		try {
			await xeroConnections.remove(connection, id);
			return { kind: 'gone' };
		} catch (cause) {
			if (cause instanceof AppKeysRefusedError) return { kind: 'left', reason: KEYS_REFUSED };
			if (!(cause instanceof ReauthRequiredError)) throw cause;
			return cause.keysLost ? { kind: 'left', reason: KEYS_LOST } : { kind: 'gone' };
		}
	};
}

const UNTIL = 'It stays connected at Xero until somebody disconnects it there: Connected apps.';

const KEYS_REFUSED = `Xero does not accept the client id and secret of the app. ${UNTIL}`;

const KEYS_LOST = `Nobody on this hub has the keys of its Xero app any more. ${UNTIL}`;
