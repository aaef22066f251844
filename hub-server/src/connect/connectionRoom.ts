import type { AppKeysView } from '../workspaces/appKeyStore';
import { connectionCap } from '../workspaces/connectionCap';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import { UnknownTierError } from '../errors/xeroErrors';

/** How many organisations the Xero app has connected, and how many it may. */
export interface ConnectionRoom {
	/** In all workspaces that share the app; what another program connected with it is not known here. */
	readonly used: number;
	/** Undefined where Xero agreed on no number, or the saved tier is none. */
	readonly cap: number | undefined;
	readonly tier: string;
	/** Whether Xero would refuse another one. A consent that renews what is stopped needs none. */
	readonly isFull: boolean;
}

export async function readConnectionRoom(
	connections: Pick<ConnectionRows, 'countOfApp'>,
	keys: Pick<AppKeysView, 'clientId' | 'tier'>,
	held: readonly Pick<Connection, 'status'>[],
): Promise<ConnectionRoom> {
	const { clientId, tier } = keys;
	const used = await connections.countOfApp(clientId);
	const cap = capOf(tier);
	const needsNone = held.some(({ status }) => status !== 'active');
	return { used, cap, tier, isFull: cap !== undefined && used >= cap && !needsNone };
}

function capOf(tier: string): number | undefined {
	try {
		const cap = connectionCap(tier);
		return Number.isFinite(cap) ? cap : undefined;
	} catch (cause) {
		if (cause instanceof UnknownTierError) return undefined;
		throw cause;
	}
}
