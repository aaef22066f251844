import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables';

/**
 * Holds these subscriptions until the transaction ends. Whoever changes a subscription and its deliveries
 * takes the subscription first, and several of them in this order, so that no two wait for each other.
 */
export async function lockSubscriptions(
	tx: Transaction<Tables>,
	ids: readonly string[],
): Promise<void> {
	for (const id of [...new Set(ids)].sort()) {
		await tx
			.updateTable('subscriptions')
			.set((e) => ({ generation: e.ref('generation') }))
			.where('id', '=', id)
			.execute();
	}
}
