import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '../clock';
import { classifyDelivery, NOT_ASKED_FOR } from '../subscriptions/matchEvent';
import type { Engine } from '../database/engine';
import { readSubscription } from '../subscriptions/readSubscription';
import type { Tables } from '../database/tables';
import { newLease, passingOverLocked, RECORD_LEASE } from '../work/lease';

/** An event whose record this process may read from Xero until the lease ends. */
export interface ClaimedEvent {
	readonly id: string;
	readonly leaseId: string;
	readonly workspaceId: string;
	readonly tenantId: string;
	readonly category: string;
	readonly resourceId: string;
	/** Reads begun, 1 for the first. */
	readonly attempt: number;
}

export type RecordOutcome =
	| { readonly kind: 'ready'; readonly record: Readonly<Record<string, unknown>> }
	/** It will not be read: the deliveries go out without it. */
	| { readonly kind: 'unavailable' }
	| { readonly kind: 'retry'; readonly delayMs: number };

/** Which events wait for their record, and what their deliveries become once it is there. */
export interface RecordLedger {
	claim(options: { readonly limit: number; readonly leaseMs: number }): Promise<ClaimedEvent[]>;
	/**
	 * Durable once resolved, all in one transaction: keeps the record and releases the waiting
	 * deliveries, or filters those that turn out not to match. A lost lease changes nothing.
	 */
	finish(
		outcomes: ReadonlyArray<{ readonly event: ClaimedEvent; readonly outcome: RecordOutcome }>,
	): Promise<void>;
}

export function createRecordLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
}): RecordLedger {
	const { db, engine, now } = deps;

	return {
		async claim({ limit, leaseMs }) {
			const at = now();
			const lease = newLease(at, leaseMs);
			const rows = await db.transaction().execute((tx) => {
				const due = tx
					.selectFrom('events')
					.select('id')
					.where('record_state', '=', 'needed')
					.where('record_next_at', '<=', at)
					.where(RECORD_LEASE.isFree(at))
					.orderBy('record_next_at')
					.limit(limit)
					.$call(passingOverLocked(engine));
				return tx
					.updateTable('events')
					.set((e) => ({
						...RECORD_LEASE.heldBy(lease),
						record_attempt: e('record_attempt', '+', 1),
					}))
					.where('id', 'in', due)
					.returningAll()
					.execute();
			});
			return rows.map((row) => ({
				id: row.id,
				leaseId: lease.id,
				workspaceId: row.workspace_id,
				tenantId: row.tenant_id,
				category: row.category,
				resourceId: row.resource_id,
				attempt: row.record_attempt,
			}));
		},

		async finish(outcomes) {
			await db.transaction().execute(async (tx) => {
				for (const { event, outcome } of outcomes) {
					const row = await writeOutcome(tx, event, outcome, now());
					if (row && row.record_state !== 'needed') await releaseDeliveries(tx, row, now());
				}
			});
		},
	};
}

async function writeOutcome(
	tx: Transaction<Tables>,
	event: ClaimedEvent,
	outcome: RecordOutcome,
	at: number,
): Promise<Selectable<Tables['events']> | undefined> {
	return tx
		.updateTable('events')
		.set({
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
}

async function releaseDeliveries(
	tx: Transaction<Tables>,
	event: Selectable<Tables['events']>,
	at: number,
): Promise<void> {
	const waiting = await tx
		.selectFrom('deliveries as d')
		.innerJoin('subscriptions as s', 's.id', 'd.subscription_id')
		.select('d.id as delivery_id')
		.selectAll('s')
		.where('d.event_id', '=', event.id)
		.where('d.status', '=', 'waiting')
		.execute();
	const record = event.record === null ? undefined : (JSON.parse(event.record) as Row);

	for (const { delivery_id: id, ...subscription } of waiting) {
		const type = classifyDelivery(
			{ tenantId: event.tenant_id, category: event.category, change: event.change },
			readSubscription(subscription),
			record,
		);
		await tx
			.updateTable('deliveries')
			.set(
				type
					? { status: 'pending', next_at: at }
					: { status: 'filtered', finished_at: at, reason: NOT_ASKED_FOR },
			)
			.where('id', '=', id)
			.execute();
	}
}

type Row = Record<string, unknown>;
