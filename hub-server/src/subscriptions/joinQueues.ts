import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables';

/**
 * What waits for one subscription waits for another from now on, and the first is gone. An event that both
 * wait for is sent once.
 *
 * @param now epoch milliseconds
 */
export async function joinQueues(
	tx: Transaction<Tables>,
	{ from, to }: { readonly from: string; readonly to: string },
	now: number,
): Promise<void> {
	await tx
		.updateTable('deliveries')
		.set({ subscription_id: to, type: null, classified: null })
		.where('subscription_id', '=', from)
		.where('status', 'in', ['waiting', 'pending'])
		.where('event_id', 'not in', (e) =>
			e
				.selectFrom('deliveries as known')
				.select('known.event_id')
				.where('known.subscription_id', '=', to),
		)
		.execute();
	await cancelQueue(tx, from, 'Another subscription of the same trigger has this event.', now);
	await tx.deleteFrom('subscriptions').where('id', '=', from).execute();
}

/** Nothing that waits is sent any more. @param reason for people @param now epoch milliseconds */
export async function cancelQueue(
	tx: Transaction<Tables>,
	subscriptionId: string,
	reason: string,
	now: number,
): Promise<void> {
	await tx
		.updateTable('deliveries')
		.set({ status: 'cancelled', finished_at: now, reason })
		.where('subscription_id', '=', subscriptionId)
		.where('status', 'in', ['waiting', 'pending'])
		.execute();
}
