import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../clock';
import { causeColumns, findCauses } from '../events/findCauses';
import type { Engine } from '../database/engine';
import { addUsage, sumUsage } from '../events/keptUsage';
import { planColumns } from '../events/planColumns';
import { decideDelivery, type DeliveryPlan } from '../events/planDelivery';
import { readStoredEvent } from '../events/readStoredEvent';
import type { StoredEvent } from '../events/StoredEvent';
import { foundRecord } from '../records/FoundRecord';
import { entityOfCategory } from '../records/xeroEntities';
import type { EventCause } from '../subscriptions/EventCause';
import { readSubscription } from '../subscriptions/readSubscription';
import type { Tables } from '../database/tables';
import { holdRecords } from '../records/holdRecords';
import { firstAttempt, type Ring } from '../work/Doorbell';
import { newLease, RECORD_LEASE } from '../work/lease';
import { awaitingWrites } from '../writes/openWrites';
import type { KeepOne, KeepRead } from './keepRead';
import { findDueOrganisations, takeDueEvents } from './dueRecords';
import { shareSlots, type SlotLimits } from './shareSlots';

/** An event whose record this process may read from Xero until the lease ends. */
export interface ClaimedEvent {
	readonly id: string;
	readonly leaseId: string;
	readonly workspaceId: string;
	readonly tenantId: string;
	readonly category: string;
	readonly change: StoredEvent['change'];
	readonly resourceId: string;
	/** The read that comes next, 1 for the first. */
	readonly attempt: number;
}

export type RecordOutcome =
	| { readonly kind: 'ready'; readonly record: Readonly<Record<string, unknown>> }
	/** It will not be read: the deliveries go out without it. */
	| { readonly kind: 'unavailable' }
	| { readonly kind: 'retry'; readonly delayMs: number };

export interface RecordClaim {
	/** Of one organisation. */
	readonly limit: number;
	readonly leaseMs: number;
	/** Default: all are free. A queue's id is "<workspace id> <tenant id>". */
	readonly slots?: Omit<SlotLimits, 'perQueue'>;
}

/** Which events wait for their record, and what their deliveries become once it is there. */
export interface RecordLedger {
	/**
	 * Takes events of the organisations whose turn it is: those that hold no slot, shared by workspace as
	 * `shareSlots` says. What it costs does not grow with what waits.
	 */
	claim(options: RecordClaim): Promise<ClaimedEvent[]>;
	/**
	 * Durable once resolved, all in one transaction: keeps the record and releases the waiting
	 * deliveries under the type that it shows, or filters those that turn out not to match. A lost
	 * lease changes nothing.
	 *
	 * @returns the deliveries that are due because of it
	 */
	finish(
		outcomes: ReadonlyArray<{ readonly event: ClaimedEvent; readonly outcome: RecordOutcome }>,
	): Promise<readonly Ring[]>;
}

export function createRecordLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
	/** Keeps what is read as a sync does; absent: no states are kept. */
	readonly keepRead?: KeepRead | undefined;
}): RecordLedger {
	const { db, engine, now, keepRead } = deps;

	return {
		async claim({ limit, leaseMs, slots = ALL_FREE }) {
			const at = now();
			const due = await findDueOrganisations(db, engine, at);
			const shares = shareSlots(due, { ...slots, perQueue: 1 });
			if (shares.size === 0) return [];
			const lease = newLease(at, leaseMs);
			const rows = await db.transaction().execute(async (tx) => {
				const ids: string[] = [];
				for (const org of shares.keys()) {
					ids.push(...(await takeDueEvents(tx, engine, { org, limit, at })));
				}
				// Whether a change is an echo can only be told when the call that may have made it is over.
				const waiting = await awaitingWrites(tx, ids, at);
				if (waiting.length > 0) {
					await tx
						.updateTable('events')
						.set({ record_next_at: at + WRITE_POLL_MS })
						.where('id', 'in', [...waiting])
						.execute();
				}
				const free = ids.filter((id) => !waiting.includes(id));
				if (free.length === 0) return [];
				return tx
					.updateTable('events')
					.set({ ...RECORD_LEASE.heldBy(lease), record_next_at: lease.until })
					.where('id', 'in', free)
					.returningAll()
					.execute();
			});
			return rows.map((row) => ({
				id: row.id,
				leaseId: lease.id,
				workspaceId: row.workspace_id,
				tenantId: row.tenant_id,
				category: row.category,
				change: row.change,
				resourceId: row.resource_id,
				attempt: row.record_attempt + 1,
			}));
		},

		async finish(outcomes) {
			const keep = await keepRead?.(outcomes);
			return db.transaction().execute(async (tx) => {
				if (keep !== undefined) {
					await holdRecords(
						tx,
						engine,
						outcomes.map(({ event }) => event),
					);
				}
				const released: string[] = [];
				const kept: StoredEvent[] = [];
				for (const { event, outcome } of outcomes) {
					const written = await writeOutcome(tx, event, outcome, now(), keep);
					if (written && written.recordState !== 'needed') {
						released.push(...(await releaseDeliveries(tx, written, now())));
						kept.push(written);
					}
				}
				await addUsage(tx, recordUsage(kept));
				return released.map(firstAttempt);
			});
		},
	};
}

/** For whoever reads one thing at a time. */
const ALL_FREE: Omit<SlotLimits, 'perQueue'> = {
	free: Number.MAX_SAFE_INTEGER,
	limit: 32,
	inFlight: { held: () => 0, lastServed: () => 0 },
};

/** A call of Xero's takes longer. */
const WRITE_POLL_MS = 250;

async function writeOutcome(
	tx: Transaction<Tables>,
	event: ClaimedEvent,
	outcome: RecordOutcome,
	at: number,
	keep: KeepOne | undefined,
): Promise<StoredEvent | undefined> {
	const row = await tx
		.updateTable('events')
		.set({
			record_attempt: event.attempt,
			...(outcome.kind === 'retry'
				? { record_next_at: at + outcome.delayMs }
				: {
						record_state: outcome.kind,
						record: outcome.kind === 'ready' ? JSON.stringify(outcome.record) : null,
						record_next_at: null,
					}),
			...RECORD_LEASE.free,
		})
		.where('id', '=', event.id)
		.where(RECORD_LEASE.isHeldBy(event.leaseId))
		.returningAll()
		.executeTakeFirst();
	if (row === undefined) return undefined;
	if (outcome.kind !== 'ready') return readStoredEvent(row);
	// What a read finds new is told by its event: one that not everybody gets leaves it to the next.
	const { overdue } = readStoredEvent(row);
	const tells =
		row.same_as === null && overdue === undefined && (await isFirstDelivery(tx, row.id));
	const told = tells ? await keep?.(tx, event, outcome.record, at) : undefined;
	const kept = told && {
		version: told.version,
		// A sync's own event is read again where it had to wait for its record.
		same_as: row.same_as ?? (told.sameAs === event.id ? null : told.sameAs),
		types: JSON.stringify(joinTypes(told.types, row.types)),
		// A sync that came first has written down what the change moved.
		...(told.difference !== null &&
			row.changed === null && {
				previous: JSON.stringify(told.difference.previous),
				changed: JSON.stringify(told.difference.changed),
			}),
	};
	const read = readStoredEvent({ ...row, ...kept });
	const cause = overdue === undefined ? await causeOfRead(tx, read, outcome.record) : undefined;
	const columns = { ...kept, ...(cause && causeColumns(cause)) };
	if (Object.keys(columns).length > 0) {
		await tx.updateTable('events').set(columns).where('id', '=', event.id).execute();
	}
	return { ...read, cause: cause ?? read.cause };
}

async function causeOfRead(
	tx: Transaction<Tables>,
	event: StoredEvent,
	record: Readonly<Record<string, unknown>>,
): Promise<EventCause | undefined> {
	const entity = entityOfCategory(event.category);
	const version = (entity && foundRecord(record, entity, 'other')?.updatedAt) ?? null;
	const changed = event.difference?.changed;
	return (await findCauses(tx, [{ ...event, version, changed }])).get(event.id);
}

/** Whether what waits for the record is no replay only. */
async function isFirstDelivery(tx: Transaction<Tables>, eventId: string): Promise<boolean> {
	const first = await tx
		.selectFrom('deliveries')
		.select('id')
		.where('event_id', '=', eventId)
		.where('replay_of', 'is', null)
		.where('status', '=', 'waiting')
		.limit(1)
		.executeTakeFirst();
	return first !== undefined;
}

/** @param known what a sync, or an earlier read for the event, has found that it tells */
function joinTypes(types: StoredEvent['types'], known: string | null): StoredEvent['types'] {
	if (known === null) return types;
	return [...new Set([...types.slice(0, -1), ...(JSON.parse(known) as string[])])];
}

/** An event waits for its record only while it has none, so all of it is new. */
function recordUsage(events: readonly StoredEvent[]) {
	return sumUsage(
		events
			.filter(({ record }) => record !== undefined)
			.map(({ workspaceId, record }) => ({
				workspaceId,
				events: 0,
				bytes: Buffer.byteLength(JSON.stringify(record)),
			})),
	);
}

/** @returns the ids of those that are due now */
async function releaseDeliveries(
	tx: Transaction<Tables>,
	event: StoredEvent,
	at: number,
): Promise<readonly string[]> {
	const waiting = await tx
		.selectFrom('deliveries as d')
		.innerJoin('subscriptions as s', 's.id', 'd.subscription_id')
		.select('d.id as delivery_id')
		.selectAll('s')
		.where('d.event_id', '=', event.id)
		.where('d.status', '=', 'waiting')
		.execute();

	const got = await subscriptionsOf(tx, event.sameAs);
	const due: string[] = [];
	for (const { delivery_id: id, ...subscription } of waiting) {
		const plan: DeliveryPlan = got.has(subscription.id)
			? { kind: 'filtered', reason: TOLD_BEFORE }
			: decideDelivery(event, readSubscription(subscription));
		await tx.updateTable('deliveries').set(planColumns(plan, at)).where('id', '=', id).execute();
		if (plan.kind === 'due') due.push(id);
	}
	return due;
}

const TOLD_BEFORE = 'This subscription was told the same change before.';

/** Those that have, or had, a delivery of the event. */
async function subscriptionsOf(
	tx: Transaction<Tables>,
	eventId: string | null,
): Promise<ReadonlySet<string>> {
	if (eventId === null) return new Set();
	const rows = await tx
		.selectFrom('deliveries')
		.select('subscription_id')
		.where('event_id', '=', eventId)
		.execute();
	return new Set(rows.map((row) => row.subscription_id));
}
