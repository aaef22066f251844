import { sql, type Kysely, type Transaction } from 'kysely';
import type { Clock } from '../clock';
import { afterFailure, HEALTHY, isBeyondHope, BREAKER_THRESHOLD } from '../subscriptions/breaker';
import type { Engine } from '../database/engine';
import { createGroupCommit } from '../database/groupCommit';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { LEASE, newLease, passingOverLocked, type Lease } from '../work/lease';
import type { DueDelivery } from './DueDelivery';
import { loadDeliveries } from './loadDeliveries';

/** What one POST came to. */
export interface AttemptResult {
	/** Epoch milliseconds. */
	readonly startedAt: number;
	readonly ms: number;
	readonly statusCode?: number | undefined;
	/** Why there is no status: refused, timed out, not allowed. */
	readonly error?: string | undefined;
	readonly responseBody?: string | undefined;
}

/** What becomes of the delivery after an attempt. */
export type Verdict =
	| { readonly kind: 'delivered' }
	| { readonly kind: 'filtered'; readonly reason: string }
	| { readonly kind: 'retry'; readonly delayMs: number }
	| { readonly kind: 'dead'; readonly reason: string }
	/** The receiver said 410: it wants no more deliveries at all. */
	| { readonly kind: 'gone' };

export interface ClaimLimits {
	readonly limit: number;
	/** At most so many of one subscription, so that one slow client cannot block the others. */
	readonly perSubscription: number;
	/** Subscriptions that have enough in flight in this process. */
	readonly except: readonly string[];
	readonly leaseMs: number;
}

/**
 * The schedule and the account of all deliveries. Every write after a claim carries the lease, so a
 * process that lost its lease changes nothing; at-least-once is the promise, and a delivery ends as
 * delivered, dead, filtered or cancelled, never silently.
 */
export interface DeliveryLedger {
	/**
	 * Takes what is due, oldest first, fairly over subscriptions. No two callers get the same one.
	 *
	 * What a delivery is called was decided when it was planned. Where nothing is decided (an older
	 * version planned it, or its subscription's wish was changed since), it is decided here and kept, so
	 * that every attempt says the same.
	 */
	claim(limits: ClaimLimits): Promise<DueDelivery[]>;
	/**
	 * Durable once resolved. Without an attempt nothing was sent (filtered, or a guard refused).
	 *
	 * @returns whether the lease still held; false means that another process has taken over
	 */
	finish(
		delivery: Pick<DueDelivery, 'id' | 'leaseId' | 'attempt' | 'subscription'>,
		verdict: Verdict,
		attempt?: AttemptResult,
	): Promise<boolean>;
	idle(): Promise<void>;
}

export function createDeliveryLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
}): DeliveryLedger {
	const { db, engine, now } = deps;

	const finishes = createGroupCommit<Finish, boolean>((batch) =>
		db.transaction().execute(async (tx) => {
			const held: boolean[] = [];
			for (const entry of batch) held.push(await writeFinish(tx, entry, now()));
			return held;
		}),
	);

	return {
		async claim(limits) {
			const at = now();
			const lease = newLease(at, limits.leaseMs);
			const ids = await db.transaction().execute((tx) => take(tx, engine, limits, lease, at));
			return ids.length === 0 ? [] : load(db, ids, lease.id);
		},
		finish: (delivery, verdict, attempt) => finishes.add({ delivery, verdict, attempt }),
		idle: () => finishes.idle(),
	};
}

interface Finish {
	readonly delivery: Pick<DueDelivery, 'id' | 'leaseId' | 'attempt' | 'subscription'>;
	readonly verdict: Verdict;
	readonly attempt: AttemptResult | undefined;
}

async function take(
	tx: Transaction<Tables>,
	engine: Engine,
	{ limit, perSubscription, except }: ClaimLimits,
	lease: Lease,
	at: number,
): Promise<string[]> {
	// A paused endpoint is probed with one delivery at a time once its pause is over.
	const ranked = tx
		.selectFrom('deliveries as d')
		.innerJoin('subscriptions as s', 's.id', 'd.subscription_id')
		.select(['d.id', 's.consecutive_failures'])
		.select(
			sql<number>`row_number() over (partition by d.subscription_id order by d.next_at, d.id)`.as(
				'place',
			),
		)
		.where('d.status', '=', 'pending')
		.where('d.next_at', '<=', at)
		.where('s.status', '=', 'active')
		.where((e) => e.or([e('s.paused_until', 'is', null), e('s.paused_until', '<=', at)]))
		.where(LEASE.isFree(at, 'd'))
		.$if(except.length > 0, (q) => q.where('d.subscription_id', 'not in', [...except]));

	// Rows that another process is claiming at this moment are passed over, so the limit comes last.
	const free = await tx
		.selectFrom('deliveries as d')
		.innerJoin(ranked.as('r'), 'r.id', 'd.id')
		.select('d.id')
		.where(
			sql<boolean>`r.place <= case when r.consecutive_failures >= ${BREAKER_THRESHOLD} then 1 else ${perSubscription} end`,
		)
		// Said again for PostgreSQL, which checks a row anew when another claim just changed it.
		.where('d.status', '=', 'pending')
		.where(LEASE.isFree(at, 'd'))
		.orderBy('r.place')
		.orderBy('d.next_at')
		.limit(limit)
		.$call(passingOverLocked(engine, 'd'))
		.execute();
	if (free.length === 0) return [];

	const rows = await tx
		.updateTable('deliveries')
		.set((e) => ({ ...LEASE.heldBy(lease), attempt: e('attempt', '+', 1) }))
		.where(
			'id',
			'in',
			free.map(({ id }) => id),
		)
		.returning('id')
		.execute();
	return rows.map(({ id }) => id);
}

async function load(
	db: Kysely<Tables>,
	ids: readonly string[],
	leaseId: string,
): Promise<DueDelivery[]> {
	const loaded = await loadDeliveries(db, ids);
	for (const { delivery, isNamedNow } of loaded) {
		const { id, named } = delivery;
		if (!isNamedNow || named === null) continue;
		await db
			.updateTable('deliveries')
			.set({ type: named.type, classified: named.classified ? 1 : 0 })
			.where('id', '=', id)
			.where('lease_id', '=', leaseId)
			.execute();
	}
	return loaded.map(({ delivery }) => ({ ...delivery, leaseId }));
}

async function writeFinish(
	tx: Transaction<Tables>,
	{ delivery, verdict, attempt }: Finish,
	at: number,
): Promise<boolean> {
	const { numUpdatedRows } = await tx
		.updateTable('deliveries')
		.set({ ...deliveryAfter(verdict, at), ...LEASE.free })
		.where('id', '=', delivery.id)
		.where(LEASE.isHeldBy(delivery.leaseId))
		.executeTakeFirst();
	if (attempt) {
		await tx
			.insertInto('attempts')
			.values({
				id: newId(at),
				delivery_id: delivery.id,
				number: delivery.attempt,
				started_at: attempt.startedAt,
				ms: attempt.ms,
				status_code: attempt.statusCode ?? null,
				error: attempt.error ?? null,
				response_body: attempt.responseBody ?? null,
			})
			.execute();
	}
	if (numUpdatedRows === 0n) return false;
	await noteHealth(tx, delivery.subscription.id, verdict, at);
	return true;
}

function deliveryAfter(verdict: Verdict, at: number) {
	switch (verdict.kind) {
		case 'delivered':
			return { status: 'delivered' as const, finished_at: at };
		case 'filtered':
			return { status: 'filtered' as const, finished_at: at, reason: verdict.reason };
		case 'retry':
			return { next_at: at + verdict.delayMs };
		case 'dead':
			return { status: 'dead' as const, finished_at: at, reason: verdict.reason };
		case 'gone':
			return { status: 'dead' as const, finished_at: at, reason: GONE };
	}
}

const GONE = 'The workflow answered 410 Gone, so its subscription was disabled. Activate it again.';

async function noteHealth(
	tx: Transaction<Tables>,
	subscriptionId: string,
	verdict: Verdict,
	at: number,
): Promise<void> {
	if (verdict.kind === 'filtered') return;
	const row = await tx
		.selectFrom('subscriptions')
		.select(['consecutive_failures', 'failing_since', 'paused_until'])
		.where('id', '=', subscriptionId)
		.executeTakeFirst();
	if (!row) return;

	if (verdict.kind === 'delivered') {
		if (row.consecutive_failures === 0) return;
		await setHealth(tx, subscriptionId, HEALTHY);
		return;
	}
	const health = afterFailure(
		{
			consecutiveFailures: row.consecutive_failures,
			failingSince: row.failing_since,
			pausedUntil: row.paused_until,
		},
		at,
	);
	await setHealth(tx, subscriptionId, health);
	if (verdict.kind === 'gone') await disable(tx, subscriptionId, GONE, at);
	else if (isBeyondHope(health, at)) await disable(tx, subscriptionId, FIVE_DAYS, at);
}

const FIVE_DAYS =
	'The workflow failed for five days, so its subscription was disabled. Activate it again, then replay.';

async function setHealth(
	tx: Transaction<Tables>,
	subscriptionId: string,
	health: typeof HEALTHY,
): Promise<void> {
	await tx
		.updateTable('subscriptions')
		.set({
			consecutive_failures: health.consecutiveFailures,
			failing_since: health.failingSince,
			paused_until: health.pausedUntil,
		})
		.where('id', '=', subscriptionId)
		.execute();
}

/** What still waited is dead, with the reason, so that it can be found and replayed. */
async function disable(
	tx: Transaction<Tables>,
	subscriptionId: string,
	reason: string,
	at: number,
): Promise<void> {
	await tx
		.updateTable('subscriptions')
		.set({ status: 'disabled' })
		.where('id', '=', subscriptionId)
		.execute();
	await tx
		.updateTable('deliveries')
		.set({ status: 'dead', reason, finished_at: at })
		.where('subscription_id', '=', subscriptionId)
		.where('status', 'in', ['waiting', 'pending'])
		.execute();
}
