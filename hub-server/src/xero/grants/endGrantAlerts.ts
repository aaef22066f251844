import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables';

/**
 * Ends the alerts about grants, in the transaction that ends the trouble: none outlives it.
 *
 * @param among `everyone`: the grant works again. `leavers`: only the workspaces that use it no more
 * @returns the grants about which an alert was open
 */
export async function endGrantAlerts(
	tx: Transaction<Tables>,
	grantIds: readonly string[],
	among: 'everyone' | 'leavers',
	now: number,
): Promise<readonly string[]> {
	if (grantIds.length === 0) return [];
	const ended = await tx
		.updateTable('alerts')
		.set({ resolved_at: now })
		.where('subject', 'in', [...grantIds])
		.where('resolved_at', 'is', null)
		.$if(among === 'leavers', (q) =>
			q.where(({ not, exists, selectFrom }) =>
				not(
					exists(
						selectFrom('connections')
							.select('connections.id')
							.whereRef('connections.grant_id', '=', 'alerts.subject')
							.whereRef('connections.workspace_id', '=', 'alerts.workspace_id'),
					),
				),
			),
		)
		.returning('subject')
		.execute();
	return [...new Set(ended.map(({ subject }) => subject))];
}
