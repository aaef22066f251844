import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables';

/**
 * Changes nothing, but locks the grant until the transaction ends: meanwhile nobody writes its tokens,
 * and it moves to no other workspace.
 *
 * @returns its id and home; undefined when there is none
 */
export async function lockGrant(
	tx: Transaction<Tables>,
	columns: Partial<Pick<Tables['grants'], 'id' | 'client_id' | 'xero_user_id' | 'status'>>,
): Promise<{ readonly id: string; readonly workspace_id: string } | undefined> {
	return tx
		.updateTable('grants')
		.set((e) => ({ gen: e.ref('gen') }))
		.where((e) => e.and(columns))
		.returning(['id', 'workspace_id'])
		.executeTakeFirst();
}
