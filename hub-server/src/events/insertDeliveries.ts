import type { Transaction } from 'kysely';
import { inChunks } from '../database/inChunks';
import type { Tables } from '../database/tables';
import { firstAttempt, type Ring } from '../work/Doorbell';
import { LEASE } from '../work/lease';
import { planColumns } from './planColumns';
import type { DeliveryPlan } from './planDelivery';

/** A delivery that is not in the ledger yet. */
export interface NewDelivery {
	readonly id: string;
	readonly workspaceId: string;
	readonly eventId: string;
	readonly subscriptionId: string;
	/** The delivery that it repeats, or its event where the subscription had none; null for the first. */
	readonly replayOf: string | null;
	readonly plan: DeliveryPlan;
}

/** What was written down. */
export interface Planned {
	/** To be sent, now or when their record is there. */
	readonly planned: number;
	/** Those of them that wait for nothing. */
	readonly due: readonly Ring[];
}

/**
 * Writes deliveries down as they are planned. Whoever calls rings the doorbell for those that are due,
 * after the transaction.
 *
 * @param now epoch milliseconds
 */
export async function insertDeliveries(
	tx: Transaction<Tables>,
	deliveries: readonly NewDelivery[],
	now: number,
): Promise<Planned> {
	for (const chunk of inChunks(deliveries.map((delivery) => toRow(delivery, now)))) {
		await tx.insertInto('deliveries').values(chunk).execute();
	}
	return {
		planned: deliveries.filter(({ plan }) => plan.kind !== 'filtered').length,
		due: deliveries.filter(({ plan }) => plan.kind === 'due').map(({ id }) => firstAttempt(id)),
	};
}

function toRow(delivery: NewDelivery, now: number) {
	return {
		id: delivery.id,
		workspace_id: delivery.workspaceId,
		event_id: delivery.eventId,
		subscription_id: delivery.subscriptionId,
		replay_of: delivery.replayOf,
		type: null,
		classified: null,
		attempt: 0,
		next_at: now,
		...LEASE.free,
		reason: null,
		created_at: now,
		finished_at: null,
		...planColumns(delivery.plan, now),
	};
}
