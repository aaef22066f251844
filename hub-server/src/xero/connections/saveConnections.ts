import type { Kysely } from 'kysely';
import { inChunks } from '../../database/inChunks';
import { newId } from '../../database/newId';
import type { Tables } from '../../database/tables';
import type { XeroConnection } from './XeroConnection';

/**
 * Ties organisations to the grant that reaches them now. One that the workspace knows already keeps
 * its id and its switches; a new one has them on, unless it is held. Idempotent.
 */
export async function saveConnections(
	db: Kysely<Tables>,
	{
		workspaceId,
		grantId,
		organisations,
		isHeld = false,
		externalUserId,
		connectedBy,
		now,
	}: SavedConnections,
): Promise<void> {
	const rows = organisations.map((organisation) => ({
		id: newId(now),
		workspace_id: workspaceId,
		grant_id: grantId,
		xero_connection_id: organisation.id,
		tenant_id: organisation.tenantId,
		tenant_name: organisation.tenantName,
		tenant_type: organisation.tenantType,
		enabled: isHeld ? 0 : 1,
		sync_enabled: 1,
		held_at: isHeld ? now : null,
		external_user_id: externalUserId ?? null,
		connected_by: connectedBy ?? null,
		created_at: now,
	}));
	for (const chunk of inChunks(rows)) {
		await db
			.insertInto('connections')
			.values(chunk)
			.onConflict((conflict) =>
				conflict.columns(['workspace_id', 'tenant_id']).doUpdateSet((eb) => ({
					grant_id: eb.ref('excluded.grant_id'),
					xero_connection_id: eb.ref('excluded.xero_connection_id'),
					tenant_name: eb.ref('excluded.tenant_name'),
					tenant_type: eb.ref('excluded.tenant_type'),
					external_user_id: eb.fn.coalesce(
						'excluded.external_user_id',
						'connections.external_user_id',
					),
				})),
			)
			.execute();
	}
}

export interface SavedConnections {
	readonly workspaceId: string;
	readonly grantId: string;
	readonly organisations: readonly XeroConnection[];
	/** Those that are new wait for a member of the workspace. */
	readonly isHeld?: boolean;
	readonly externalUserId?: string | undefined;
	/** Who connects, as the audit log names them; of those that are known already it changes nothing. */
	readonly connectedBy?: string | undefined;
	/** Epoch milliseconds. */
	readonly now: number;
}
