import type { Kysely, Transaction } from 'kysely';
import type { SubscriptionView } from '../../protocol';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { cancelQueue } from './joinQueues';
import { lockSubscriptions } from './lockSubscriptions';
import { readSubscription } from './readSubscription';
import { resumeQueue } from './resumeQueue';
import { AWAKE } from './subscribe';

/** A trigger that was deleted a minute ago, and that is asked whether it is there after all. */
export interface DeletedTrigger {
	readonly workspaceId: string;
	readonly subscription: SubscriptionView;
}

/** What becomes of queues by themselves while their trigger is away. */
export interface ParkedQueues {
	/** Takes those whose address is to be asked now. No two callers get the same one within a minute. */
	takeDeleted(limit: number): Promise<DeletedTrigger[]>;
	/**
	 * It answered, so it was not n8n that deleted it: it is active again, and an alert says so. Does nothing
	 * when the trigger was published or deleted once more since.
	 */
	resume(deleted: DeletedTrigger): Promise<void>;
	/** Nobody answered there: it rests. */
	rest(deleted: DeletedTrigger): Promise<void>;
	/** Ends what was parked for too long, and tests. @returns how many */
	endExpired(): Promise<number>;
}

/** Longer than a probe takes; one that was lost in a crash is asked again after that. */
const PROBE_LEASE_MS = 60_000;

export function createParkedQueues(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): ParkedQueues {
	const { db, now } = deps;

	return {
		async takeDeleted(limit) {
			const due = await db
				.selectFrom('subscriptions')
				.select(['id', 'probe_at'])
				.where('status', '=', 'parked')
				.where('probe_at', '<=', now())
				.orderBy('probe_at')
				.limit(limit)
				.execute();
			const taken: DeletedTrigger[] = [];
			for (const { id, probe_at } of due) {
				const row = await db
					.updateTable('subscriptions')
					.set({ probe_at: now() + PROBE_LEASE_MS })
					.where('id', '=', id)
					.where('probe_at', '=', probe_at)
					.returningAll()
					.executeTakeFirst();
				if (row === undefined) continue;
				taken.push({ workspaceId: row.workspace_id, subscription: readSubscription(row) });
			}
			return taken;
		},

		async resume({ subscription: { id, generation } }) {
			await db.transaction().execute(async (tx) => {
				await lockSubscriptions(tx, [id]);
				const row = await tx
					.selectFrom('subscriptions')
					.selectAll()
					.where('id', '=', id)
					.where('status', '=', 'parked')
					.where('generation', '=', generation)
					.executeTakeFirst();
				if (row === undefined) return;
				await resumeQueue(tx, row, row, now());
				await tx
					.updateTable('subscriptions')
					.set({ ...AWAKE, resumed_at: now() })
					.where('id', '=', id)
					.execute();
			});
		},

		async rest({ subscription: { id, generation } }) {
			await db
				.updateTable('subscriptions')
				.set({ probe_at: null })
				.where('id', '=', id)
				.where('generation', '=', generation)
				.execute();
		},

		async endExpired() {
			const expired = await db
				.selectFrom('subscriptions')
				.select(['id', 'mode'])
				.where((e) => e.or([e('parked_until', '<=', now()), e('ends_at', '<=', now())]))
				.limit(100)
				.execute();
			for (const { id, mode } of expired) {
				await db.transaction().execute((tx) => end(tx, id, ENDED[mode], now()));
			}
			return expired.length;
		},
	};
}

const ENDED = {
	production:
		'The workflow was unpublished for longer than its queue is kept. Publish it, then send the time range again.',
	test: 'The editor listened for a test event, which is over.',
};

async function end(
	tx: Transaction<Tables>,
	id: string,
	reason: string,
	now: number,
): Promise<void> {
	const { numDeletedRows } = await tx
		.deleteFrom('subscriptions')
		.where('id', '=', id)
		.where((e) => e.or([e('parked_until', '<=', now), e('ends_at', '<=', now)]))
		.executeTakeFirst();
	if (numDeletedRows > 0n) await cancelQueue(tx, id, reason, now);
}
