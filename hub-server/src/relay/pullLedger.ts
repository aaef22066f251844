import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Acknowledged, PulledDelivery, PulledPage } from '../../protocol';
import type { Clock } from '../clock';
import type { Engine } from '../database/engine';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { ConflictError, NotFoundError } from '../errors/requestErrors';
import { SubscriptionElsewhereError } from '../errors/SubscriptionElsewhereError';
import { SWITCHED_OFF } from '../events/switchedOff';
import { NOT_ASKED_FOR, type ClassifiedType } from '../subscriptions/matchEvent';
import { LEASE, newLease, type Lease } from '../work/lease';
import { indexOnly } from './byIndexOnly';
import type { LoadedDelivery } from './DueDelivery';
import { takeDue } from './dueQueues';
import { loadDeliveries } from './loadDeliveries';
import { relayBody } from './relayBody';
import { RETRY_DELAYS_SECONDS, retryDelayMs } from './retrySchedule';

/** How long a delivery belongs to whoever pulled it. */
export const PULL_LEASE_MS = 15 * 60_000;

export interface PullWish {
	/** Deliveries at most. */
	readonly max: number;
	/** As the caller was answered when it subscribed; left out, several may pull beside each other. */
	readonly generation?: number | undefined;
}

/** The account of subscriptions that are pulled from, beside that of those to which deliveries are sent. */
export interface PullLedger {
	/**
	 * Leases the oldest of what is due. No two callers get the same one while its lease lasts; what is not
	 * acknowledged by then comes again with the same id, after the waits of the retry schedule, in ever
	 * smaller pages so that one that cannot be taken holds up no other, and is dead after ten times. What its
	 * subscription did not mean is filtered, as when it is sent. Durable once resolved.
	 *
	 * @throws NotFoundError
	 * @throws ConflictError when the subscription is parked, or is not one that is pulled from
	 * @throws SubscriptionElsewhereError when its trigger was asked for again since `generation`
	 */
	pull(workspaceId: string, subscriptionId: string, wish: PullWish): Promise<PulledPage>;
	/**
	 * Ends deliveries as delivered. Idempotent. Durable once resolved.
	 *
	 * @param leaseId as the page said; left out, whatever lease a delivery has counts as the caller's
	 * @returns in the order of `ids`
	 * @throws NotFoundError
	 */
	acknowledge(
		workspaceId: string,
		subscriptionId: string,
		ids: readonly string[],
		leaseId?: string,
	): Promise<ReadonlyArray<{ readonly id: string; readonly outcome: Acknowledged }>>;
	/** How long the delivery that is due longest waits to be pulled, in milliseconds; 0 when none does. */
	oldestMs(): Promise<number>;
}

/** Of a page, roughly: what n8n can hold and show beside others. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** Read at a time: records may be large. */
const STEP = 10;

/** Of one call: a queue may be full of what nobody wants any more. */
const MOST_STEPS = 50;

/** As often as a delivery is sent. */
const MOST_LEASES = RETRY_DELAYS_SECONDS.length + 1;

export function createPullLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
}): PullLedger {
	const { db, engine, now } = deps;

	return {
		async pull(workspaceId, subscriptionId, wish) {
			const pulled = await db.transaction().execute(async (tx) => {
				const at = now();
				const subscription = await hold(tx, workspaceId, subscriptionId);
				if (subscription.delivery !== 'pull') throw new ConflictError(PUSHED);
				if (subscription.status !== 'active') throw new ConflictError(PARKED);
				if (isFormer(subscription, wish.generation)) {
					await noteFormer(tx, subscription, wish.generation);
					return undefined;
				}
				const { generation } = subscription;
				await tx
					.updateTable('subscriptions')
					.set({ pulled_at: at, pulled_generation: generation })
					.where('id', '=', subscriptionId)
					.execute();
				await indexOnly(tx, engine);
				return leasePage(tx, engine, { subscriptionId, max: wish.max, at });
			});
			if (pulled === undefined) throw new SubscriptionElsewhereError(FORMER);
			return pulled;
		},

		async acknowledge(workspaceId, subscriptionId, ids, leaseId) {
			return db.transaction().execute(async (tx) => {
				const at = now();
				await hold(tx, workspaceId, subscriptionId);
				const rows = await tx
					.selectFrom('deliveries')
					.selectAll()
					.where('id', 'in', [...ids])
					.where('subscription_id', '=', subscriptionId)
					.execute();
				const known = new Map(rows.map((row) => [row.id, row]));
				const judged = new Map(ids.map((id) => [id, judge(known.get(id), leaseId, at)]));
				const counts = (id: string) => COUNTING.has(judged.get(id) ?? 'unknown');
				await endPulled(
					tx,
					rows.filter(({ id }) => counts(id)),
					at,
				);
				return ids.map((id) => ({ id, outcome: judged.get(id) ?? 'unknown' }));
			});
		},

		async oldestMs() {
			const pulled = await db
				.selectFrom('subscriptions')
				.select('id')
				.where('delivery', '=', 'pull')
				.where('status', '=', 'active')
				.execute();
			let oldest = now();
			for (const { id } of pulled) {
				const first = await db
					.selectFrom('deliveries')
					.select('next_at')
					.where('subscription_id', '=', id)
					.where('status', '=', 'pending')
					.orderBy('next_at')
					.limit(1)
					.executeTakeFirst();
				oldest = Math.min(oldest, first?.next_at ?? oldest);
			}
			return now() - oldest;
		},
	};
}

type SubscriptionRow = Selectable<Tables['subscriptions']>;
type DeliveryRow = Selectable<Tables['deliveries']>;

/** Before its deliveries, as whoever changes both does. */
async function hold(
	tx: Transaction<Tables>,
	workspaceId: string,
	id: string,
): Promise<SubscriptionRow> {
	const row = await tx
		.updateTable('subscriptions')
		.set((e) => ({ generation: e.ref('generation') }))
		.where('id', '=', id)
		.where('workspace_id', '=', workspaceId)
		.returningAll()
		.executeTakeFirst();
	if (row === undefined) throw new NotFoundError(`The workspace has no subscription "${id}".`);
	return row;
}

function isFormer({ generation }: SubscriptionRow, asked: number | undefined): asked is number {
	return asked !== undefined && asked < generation;
}

/**
 * The last one that pulled has the older right: whoever asked for the subscription since has not begun. Any
 * other was displaced by one that does pull, and is alive: two of the trigger are running.
 */
async function noteFormer(
	tx: Transaction<Tables>,
	{ id, pulled_generation }: SubscriptionRow,
	asked: number,
): Promise<void> {
	if (pulled_generation === asked) return;
	await tx
		.updateTable('subscriptions')
		.set({ contested_generation: asked })
		.where('id', '=', id)
		.execute();
}

async function leasePage(
	tx: Transaction<Tables>,
	engine: Engine,
	{
		subscriptionId,
		max,
		at,
	}: { readonly subscriptionId: string; readonly max: number; readonly at: number },
): Promise<PulledPage> {
	const lease = newLease(at, PULL_LEASE_MS);
	const due = (count: number) => takeDue(tx, engine, new Map([[subscriptionId, count]]), at);
	const items: PulledDelivery[] = [];
	let room = max;
	let bytes = 0;

	for (let step = 0; step < MOST_STEPS; step += 1) {
		const ids = await due(Math.min(STEP, Math.max(1, room - items.length)));
		if (ids.length === 0) return pageOf(items, lease, false);
		const leased: NamedDelivery[] = [];
		let isFull = false;
		for (const { delivery } of await loadDeliveries(tx, ids)) {
			const end = endOf(delivery);
			if (end !== undefined) {
				await endUnpulled(tx, delivery.id, end, at);
				continue;
			}
			const named = delivery as NamedDelivery;
			room = Math.min(room, roomBeside(named, max));
			bytes += named.bytes;
			isFull = items.length >= room || (bytes > PAGE_BYTES && items.length > 0);
			if (isFull) break;
			leased.push(named);
			const { id, attempt } = named;
			items.push({ id, attempt, event: relayBody(named, named.named) });
		}
		await writeLeases(tx, leased, lease, at);
		if (isFull) return pageOf(items, lease, true);
		if (items.length >= room) break;
	}
	return pageOf(items, lease, (await due(1)).length > 0);
}

function pageOf(items: readonly PulledDelivery[], lease: Lease, more: boolean): PulledPage {
	const isEmpty = items.length === 0;
	return {
		leaseId: isEmpty ? null : lease.id,
		leasedUntil: isEmpty ? null : new Date(lease.until).toISOString(),
		items,
		more,
	};
}

/** What was not acknowledged comes again with half as many others each time, and alone in the end. */
function roomBeside({ attempt }: LoadedDelivery, max: number): number {
	return Math.max(1, max >> (attempt - 1));
}

/** One that its subscription asks for. */
type NamedDelivery = LoadedDelivery & { readonly named: ClassifiedType };

interface End {
	readonly status: 'filtered' | 'dead';
	readonly reason: string;
}

/** Why it is given to nobody any more. */
function endOf({ isSwitchedOff, attempt, named }: LoadedDelivery): End | undefined {
	if (isSwitchedOff) return { status: 'filtered', reason: SWITCHED_OFF };
	if (named === null) return { status: 'filtered', reason: NOT_ASKED_FOR };
	return attempt > MOST_LEASES ? { status: 'dead', reason: NEVER_ACKNOWLEDGED } : undefined;
}

async function endUnpulled(
	tx: Transaction<Tables>,
	id: string,
	{ status, reason }: End,
	at: number,
): Promise<void> {
	await tx
		.updateTable('deliveries')
		.set({ status, reason, finished_at: at })
		.where('id', '=', id)
		.execute();
}

async function writeLeases(
	tx: Transaction<Tables>,
	leased: readonly NamedDelivery[],
	lease: Lease,
	at: number,
): Promise<void> {
	if (leased.length === 0) return;
	for (const alike of groupsOf(
		leased,
		({ attempt, named }) => `${attempt} ${JSON.stringify(named)}`,
	)) {
		const [{ attempt, named }] = alike;
		const rest = Math.max(PULL_LEASE_MS, retryDelayMs(attempt, NO_SPREAD) ?? 0);
		await tx
			.updateTable('deliveries')
			.set({
				...{ ...LEASE.heldBy(lease), next_at: at + rest, attempt },
				...{ type: named.type, classified: named.classified ? 1 : 0 },
			})
			.where('id', 'in', idsOf(alike))
			.execute();
	}
	await tx
		.insertInto('attempts')
		.values(
			leased.map(({ id, attempt }) => ({
				...{ id: newId(at), delivery_id: id, number: attempt, started_at: at, ms: 0 },
				...{ status_code: null, error: NOT_ACKNOWLEDGED, response_body: null },
			})),
		)
		.execute();
}

/** Those that are written alike, together. */
function groupsOf<T>(
	all: readonly T[],
	kindOf: (one: T) => string,
): ReadonlyArray<readonly [T, ...T[]]> {
	const groups = new Map<string, [T, ...T[]]>();
	for (const one of all) {
		const group = groups.get(kindOf(one));
		if (group === undefined) groups.set(kindOf(one), [one]);
		else group.push(one);
	}
	return [...groups.values()];
}

function idsOf(rows: ReadonlyArray<{ readonly id: string }>): string[] {
	return rows.map(({ id }) => id);
}

/** What ends a delivery. */
const COUNTING: ReadonlySet<Acknowledged> = new Set(['acknowledged', 'late']);

/** Of two triggers that pull none is spared the other's retries. */
const NO_SPREAD = 0.5;

function judge(
	row: DeliveryRow | undefined,
	leaseId: string | undefined,
	at: number,
): Acknowledged {
	if (row === undefined) return 'unknown';
	if (row.status === 'delivered') return 'already';
	if (row.status !== 'pending') return row.status === 'waiting' ? 'unknown' : 'ended';
	if (row.lease_id === null) return 'unknown';
	if (leaseId === undefined || row.lease_id === leaseId) {
		return (row.lease_until ?? 0) > at ? 'acknowledged' : 'late';
	}
	return (row.lease_until ?? 0) > at ? 'elsewhere' : 'late';
}

async function endPulled(
	tx: Transaction<Tables>,
	rows: readonly DeliveryRow[],
	at: number,
): Promise<void> {
	for (const alike of groupsOf(rows, ({ attempt }) => String(attempt))) {
		const ids = idsOf(alike);
		await tx
			.updateTable('deliveries')
			.set({ ...LEASE.free, status: 'delivered', finished_at: at })
			.where('id', 'in', ids)
			.execute();
		await tx
			.updateTable('attempts')
			.set((e) => ({
				...{ status_code: 200, error: null, response_body: ACKNOWLEDGED },
				ms: e(e.val(at), '-', e.ref('started_at')),
			}))
			.where('delivery_id', 'in', ids)
			.where('number', '=', alike[0].attempt)
			.where('status_code', 'is', null)
			.execute();
	}
}

const NOT_ACKNOWLEDGED = 'Pulled, and not acknowledged.';

const ACKNOWLEDGED = 'Pulled and acknowledged.';

const NEVER_ACKNOWLEDGED = `It was pulled ${MOST_LEASES} times and never acknowledged. Mend the workflow, then replay the delivery.`;

const PUSHED =
	'The hub sends the deliveries of this subscription to its URL. Subscribe with "delivery": "pull" to ask for them.';

const PARKED =
	'The subscription is parked: its trigger was unpublished. Subscribe again, and what waits can be pulled.';

const FORMER = 'The subscription was asked for again since, and belongs to whoever did.';
