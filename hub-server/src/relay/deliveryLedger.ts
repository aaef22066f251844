import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../clock';
import { afterFailure, HEALTHY, isBeyondHope, type EndpointHealth } from '../subscriptions/breaker';
import type { Engine } from '../database/engine';
import { createGroupCommit } from '../database/groupCommit';
import { newId } from '../database/newId';
import { OWED } from '../subscriptions/owed';
import { lockSubscriptions } from '../subscriptions/lockSubscriptions';
import type { Tables } from '../database/tables';
import { LEASE, newLease, type Lease } from '../work/lease';
import { indexOnly } from './byIndexOnly';
import type { DueDelivery } from './DueDelivery';
import { findDueQueues, takeDue } from './dueQueues';
import { loadDeliveries } from './loadDeliveries';
import { shareSlots, type SlotLimits } from './shareSlots';

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

/** What becomes of the delivery after an attempt. Reasons are for people. */
export type Verdict =
	| { readonly kind: 'delivered' }
	| { readonly kind: 'filtered'; readonly reason: string }
	| { readonly kind: 'retry'; readonly delayMs: number }
	| { readonly kind: 'dead'; readonly reason: string }
	/** The receiver does not want this delivery; that says nothing against the receiver. */
	| { readonly kind: 'aborted'; readonly reason: string }
	/** The receiver wants no more deliveries at all; it may have taken this one. */
	| { readonly kind: 'gone'; readonly isDelivered: boolean; readonly reason: string };

export interface ClaimLimits extends SlotLimits {
	readonly leaseMs: number;
}

/**
 * The schedule and the account of all deliveries. Every write after a claim carries the lease, so a
 * process that lost its lease changes nothing; at-least-once is the promise, and a delivery ends as
 * delivered, dead, filtered or cancelled, never silently.
 */
export interface DeliveryLedger {
	/**
	 * Takes what is due: the slots are shared as `shareSlots` says, and of each subscription the oldest
	 * come first. No two callers get the same one. What it costs does not grow with what waits.
	 *
	 * What a delivery is called was decided when it was planned. Where nothing is decided (an older
	 * version planned it, or its subscription's wish was changed since), it is decided here and kept, so
	 * that every attempt says the same.
	 */
	claim(limits: ClaimLimits): Promise<DueDelivery[]>;
	/**
	 * Durable once resolved. Without an attempt nothing was sent (filtered, or a guard refused), and none
	 * is counted.
	 *
	 * @returns whether the lease still held; false means that another process has taken over
	 */
	finish(
		delivery: Pick<DueDelivery, 'id' | 'leaseId' | 'subscription'>,
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
			const troubled = await lockTroubled(tx, batch);
			const held: boolean[] = [];
			for (const entry of batch) {
				const isTroubled = troubled.has(entry.delivery.subscription.id);
				held.push(await writeFinish(tx, entry, isTroubled, now()));
			}
			return held;
		}),
	);

	return {
		async claim(limits) {
			const at = now();
			const lease = newLease(at, limits.leaseMs);
			const share = async (on: Kysely<Tables>) =>
				shareSlots(await findDueQueues(on, engine, at), limits);
			// On SQLite a transaction is a writer's: none begins where nothing is due.
			const known = engine === 'sqlite' ? await share(db) : undefined;
			if (known?.size === 0) return [];
			const ids = await db.transaction().execute(async (tx) => {
				await indexOnly(tx, engine);
				return take(tx, engine, known ?? (await share(tx)), lease, at);
			});
			return ids.length === 0 ? [] : load(db, ids, lease.id);
		},
		finish: (delivery, verdict, attempt) => finishes.add({ delivery, verdict, attempt }),
		idle: () => finishes.idle(),
	};
}

interface Finish {
	readonly delivery: Pick<DueDelivery, 'id' | 'leaseId' | 'subscription'>;
	readonly verdict: Verdict;
	readonly attempt: AttemptResult | undefined;
}

/**
 * Holds the subscriptions whose health these attempts may change, before any delivery is written: one that
 * is disabled ends all of its deliveries, those of other processes too.
 */
async function lockTroubled(
	tx: Transaction<Tables>,
	batch: readonly Finish[],
): Promise<ReadonlySet<string>> {
	const isFailure = ({ verdict }: Finish) => FAILURES.includes(verdict.kind);
	const failed = new Set(batch.filter(isFailure).map(subscriptionOf));
	const rows = await tx
		.selectFrom('subscriptions')
		.select(['id', 'consecutive_failures'])
		.where('id', 'in', [...new Set(batch.map(subscriptionOf))])
		.execute();
	const recovering = rows.filter((row) => row.consecutive_failures > 0).map(({ id }) => id);
	const troubled = new Set([...failed, ...recovering]);
	await lockSubscriptions(tx, [...troubled]);
	return troubled;
}

const FAILURES: readonly Verdict['kind'][] = ['retry', 'dead', 'gone'];

function subscriptionOf({ delivery }: Finish): string {
	return delivery.subscription.id;
}

/** @returns the ids, each subscription's oldest first */
async function take(
	tx: Transaction<Tables>,
	engine: Engine,
	shares: ReadonlyMap<string, number>,
	lease: Lease,
	at: number,
): Promise<string[]> {
	const ids = shares.size === 0 ? [] : await takeDue(tx, engine, shares, at);
	if (ids.length === 0) return [];
	await tx
		.updateTable('deliveries')
		// Out of the way of the next claim, and due again if this process does not come back.
		.set({ ...LEASE.heldBy(lease), next_at: lease.until })
		.where('id', 'in', [...ids])
		.execute();
	return ids;
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
	{ delivery, verdict: judged, attempt }: Finish,
	isTroubled: boolean,
	at: number,
): Promise<boolean> {
	const current = isTroubled ? await findHealth(tx, delivery.subscription.id) : undefined;
	const isElsewhere = isTroubled && wasPublishedSince(current, delivery.subscription);
	const verdict = isElsewhere ? asOfFormerAddress(judged) : judged;
	const held = await tx
		.updateTable('deliveries')
		.set((e) => ({
			...deliveryAfter(verdict, at),
			...LEASE.free,
			attempt: e('attempt', '+', attempt ? 1 : 0),
		}))
		.where('id', '=', delivery.id)
		.where(LEASE.isHeldBy(delivery.leaseId))
		.returning('attempt')
		.executeTakeFirst();
	if (attempt) {
		const counted = held ?? (await countLateAttempt(tx, delivery.id));
		// Not where the delivery went with its workspace.
		if (counted) await keepAttempt(tx, delivery.id, counted.attempt, attempt, at);
	}
	if (!held) return false;
	if (current !== undefined && !isElsewhere) {
		await noteHealth(tx, current, delivery.subscription, verdict, at);
	}
	return true;
}

type Health = NonNullable<Awaited<ReturnType<typeof findHealth>>>;

function findHealth(tx: Transaction<Tables>, subscriptionId: string) {
	return tx
		.selectFrom('subscriptions')
		.select(['url', 'generation', 'consecutive_failures', 'failing_since', 'failed_at'])
		.select('paused_until')
		.where('id', '=', subscriptionId)
		.executeTakeFirst();
}

/** Since the attempt was made its trigger was published anew, or has moved, or another took its queue. */
function wasPublishedSince(now: Health | undefined, then: DueDelivery['subscription']): boolean {
	return now?.url !== then.url || now.generation !== then.generation;
}

/** A refusal of an address where the trigger is no more says nothing about where it is now. */
function asOfFormerAddress(verdict: Verdict): Verdict {
	if (verdict.kind === 'gone' && verdict.isDelivered) return { kind: 'delivered' };
	return FAILURES.includes(verdict.kind) ? { kind: 'retry', delayMs: 0 } : verdict;
}

/** It was made, whoever has the lease now. */
function countLateAttempt(tx: Transaction<Tables>, deliveryId: string) {
	return tx
		.updateTable('deliveries')
		.set((e) => ({ attempt: e('attempt', '+', 1) }))
		.where('id', '=', deliveryId)
		.returning('attempt')
		.executeTakeFirst();
}

async function keepAttempt(
	tx: Transaction<Tables>,
	deliveryId: string,
	number: number,
	attempt: AttemptResult,
	at: number,
): Promise<void> {
	await tx
		.insertInto('attempts')
		.values({
			id: newId(at),
			delivery_id: deliveryId,
			number,
			started_at: attempt.startedAt,
			ms: attempt.ms,
			status_code: attempt.statusCode ?? null,
			error: attempt.error ?? null,
			response_body: attempt.responseBody ?? null,
		})
		.execute();
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
		case 'aborted':
			return { status: 'dead' as const, finished_at: at, reason: verdict.reason };
		case 'gone':
			return verdict.isDelivered
				? { status: 'delivered' as const, finished_at: at }
				: { status: 'dead' as const, finished_at: at, reason: verdict.reason };
	}
}

async function noteHealth(
	tx: Transaction<Tables>,
	row: Health,
	{ id: subscriptionId, failures }: DueDelivery['subscription'],
	verdict: Verdict,
	at: number,
): Promise<void> {
	if (verdict.kind === 'filtered' || verdict.kind === 'aborted') return;
	if (verdict.kind === 'delivered') {
		if (row.consecutive_failures > 0) await setHealth(tx, subscriptionId, HEALTHY);
		return;
	}
	// One that was under way at the same time has told of this outage already.
	if (verdict.kind !== 'gone' && row.consecutive_failures !== failures) return;
	const health = afterFailure(
		{
			consecutiveFailures: row.consecutive_failures,
			failingSince: row.failing_since,
			failedAt: row.failed_at,
			pausedUntil: row.paused_until,
		},
		at,
	);
	await setHealth(tx, subscriptionId, health);
	if (verdict.kind === 'gone') await disable(tx, subscriptionId, verdict.reason, at);
	else if (isBeyondHope(health, at)) await disable(tx, subscriptionId, FIVE_DAYS, at);
}

const FIVE_DAYS =
	'The workflow failed for five days, so its subscription was disabled. Activate it again, then replay.';

async function setHealth(
	tx: Transaction<Tables>,
	subscriptionId: string,
	health: EndpointHealth,
): Promise<void> {
	await tx
		.updateTable('subscriptions')
		.set({
			consecutive_failures: health.consecutiveFailures,
			failing_since: health.failingSince,
			failed_at: health.failedAt,
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
	for (const status of OWED) {
		await tx
			.updateTable('deliveries')
			.set({ status: 'dead', reason, finished_at: at })
			.where('subscription_id', '=', subscriptionId)
			.where('status', '=', status)
			.execute();
	}
}
