import type { Connection } from '../xero/connections/connectionRows';
import type { XeroConnection } from '../xero/connections/XeroConnection';

/**
 * Which of the connections that a consent's token reaches become the workspace's own. Xero gives every
 * organisation that the user ever connected to the app, and some may be another workspace's business.
 *
 * - what was chosen in this consent;
 * - what the workspace holds already through this connection, or through a grant that has ended;
 * - where Xero does not say what was chosen: what no workspace holds, which is what is new.
 *
 * @param chosen in this very consent, as far as Xero tells
 * @param held by this workspace
 * @param taken ids of the connections that any workspace holds
 */
export function connectionsOfConsent({ all, chosen, held, taken }: ConsentReach): XeroConnection[] {
	const isChosen = new Set(chosen.map(({ id }) => id));
	const byTenant = new Map(held.map((one) => [one.tenantId, one]));

	return all.filter(({ id, tenantId }) => {
		if (isChosen.has(id)) return true;
		const known = byTenant.get(tenantId);
		if (known !== undefined) return known.xeroConnectionId === id || known.status !== 'active';
		return isChosen.size === 0 && !taken.has(id);
	});
}

export interface ConsentReach {
	readonly all: readonly XeroConnection[];
	readonly chosen: readonly XeroConnection[];
	readonly held: readonly Pick<Connection, 'tenantId' | 'xeroConnectionId' | 'status'>[];
	readonly taken: { has(xeroConnectionId: string): boolean };
}
