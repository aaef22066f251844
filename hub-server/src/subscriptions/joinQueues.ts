import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import { lockSubscriptions } from './lockSubscriptions';
import { OWED } from './owed';

/**
 * What waits for one subscription waits for another from now on, and the first is gone. An event that both
 * wait for, or that the other has had, is sent once; one that ended there undelivered is not over.
 *
 * @param now epoch milliseconds
 */
export async function joinQueues(
	tx: Transaction<Tables>,
	{ from, to }: { readonly from: string; readonly to: string },
	now: number,
): Promise<void> {
	await lockSubscriptions(tx, [from, to]);
	// First, and nothing is planned for it any more.
	await tx.deleteFrom('subscriptions').where('id', '=', from).execute();
	for (const status of OWED) {
		await tx
			.updateTable('deliveries')
			.set((e) => ({
				...{ subscription_id: to, type: null, classified: null },
				// The other has a first delivery of the event, so this one repeats it.
				replay_of: e.fn.coalesce(
					'deliveries.replay_of',
					e
						.selectFrom('deliveries as ended')
						.select('ended.id')
						.whereRef('ended.event_id', '=', 'deliveries.event_id')
						.where('ended.subscription_id', '=', to)
						.where('ended.replay_of', 'is', null),
				),
			}))
			.where('subscription_id', '=', from)
			.where('status', '=', status)
			.where((e) =>
				e.not(
					e.exists(
						e
							.selectFrom('deliveries as known')
							.select('known.id')
							.whereRef('known.event_id', '=', 'deliveries.event_id')
							.where('known.subscription_id', '=', to)
							.where('known.status', 'not in', ['dead', 'cancelled']),
					),
				),
			)
			.execute();
	}
	await cancelQueue(tx, from, 'Another subscription of the same trigger has this event.', now);
}

/** Nothing that waits is sent any more. @param reason for people @param now epoch milliseconds */
export async function cancelQueue(
	tx: Transaction<Tables>,
	subscriptionId: string,
	reason: string,
	now: number,
): Promise<void> {
	for (const status of OWED) {
		await tx
			.updateTable('deliveries')
			.set({ status: 'cancelled', finished_at: now, reason })
			.where('subscription_id', '=', subscriptionId)
			.where('status', '=', status)
			.execute();
	}
}
