import type { Transaction } from 'kysely';
import { inChunks } from '../database/inChunks';
import { provenApps } from '../workspaces/provenApps';
import type { Tables } from '../database/tables';

/** A workspace that an event goes to. */
export interface Holder {
	readonly workspaceId: string;
	/** Off: the event is kept there, and no workflow gets it. */
	readonly enabled: boolean;
}

/** @param receiver the workspace at whose delivery URL the event came */
export type HoldersOf = (receiver: string, tenantId: string) => readonly Holder[];

/**
 * Whose events are whose. An app has one delivery URL, and workspaces may share an app: an event goes
 * to each workspace that holds its organisation, in the receiver itself or through the receiver's app.
 * That app has to be proven: else whoever knows a client id could hand events to others.
 * One of an organisation that nobody holds stays with the receiver, which Xero's signature named. One of
 * an organisation that waits to be confirmed goes nowhere: whoever connected it may be a stranger.
 */
export async function findHolders(
	tx: Transaction<Tables>,
	events: readonly { readonly receiver: string; readonly tenantId: string }[],
): Promise<HoldersOf> {
	const receivers = [...new Set(events.map(({ receiver }) => receiver))];
	const held = await heldBy(tx, [...new Set(events.map(({ tenantId }) => tenantId))]);
	const byTenant = Map.groupBy(held, (row) => row.tenant_id);
	const apps = await provenApps(tx, receivers);

	return (receiver, tenantId) => {
		const app = apps.get(receiver);
		const rows = (byTenant.get(tenantId) ?? []).filter(
			(row) => row.workspace_id === receiver || row.client_id === app,
		);
		const holders = rows
			.filter((row) => row.held_at === null)
			.map((row) => ({ workspaceId: row.workspace_id, enabled: row.enabled === 1 }));
		return rows.length > 0 ? holders : [{ workspaceId: receiver, enabled: true }];
	};
}

async function heldBy(tx: Transaction<Tables>, tenantIds: readonly string[]) {
	const rows = [];
	for (const chunk of inChunks(tenantIds)) {
		rows.push(
			...(await tx
				.selectFrom('connections as c')
				.innerJoin('grants as g', 'g.id', 'c.grant_id')
				.select(['c.tenant_id', 'c.workspace_id', 'c.enabled', 'c.held_at', 'g.client_id'])
				.where('c.tenant_id', 'in', chunk)
				.execute()),
		);
	}
	return rows;
}
