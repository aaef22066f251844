import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables';
import { endGrantAlerts } from './endGrantAlerts';

/**
 * After connections were removed or passed to another grant: removes those of the grants that no
 * connection uses any more and that none waits to use, and ends their alerts in the workspaces that left them.
 *
 * @returns the grants about which an alert was open
 */
export async function settleGrants(
	tx: Transaction<Tables>,
	grantIds: readonly string[],
	now: number,
): Promise<readonly string[]> {
	if (grantIds.length === 0) return [];
	await tx
		.deleteFrom('grants')
		.where('id', 'in', [...grantIds])
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('connections')
						.select('connections.id')
						.whereRef('connections.grant_id', '=', 'grants.id'),
				),
			),
		)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('connection_replacements')
						.select('connection_replacements.connection_id')
						.whereRef('connection_replacements.grant_id', '=', 'grants.id'),
				),
			),
		)
		.execute();
	return endGrantAlerts(tx, grantIds, 'leavers', now);
}
