import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../clock';
import { ConflictError, NotFoundError } from '../errors/requestErrors';
import { newId } from '../database/newId';
import { readSubscription } from '../subscriptions/readSubscription';
import { insertDeliveries, type NewDelivery, type Planned } from '../events/insertDeliveries';
import { decideDelivery, planDelivery } from '../events/planDelivery';
import { readStoredEvent, readStoredRecord } from '../events/readStoredEvent';
import { SWITCHED_OFF } from '../events/switchedOff';
import type { Tables } from '../database/tables';
import { firstAttempt, type Ring } from '../work/Doorbell';

export interface ReplayRange {
	/** Epoch milliseconds, inclusive: when the hub received the events. */
	readonly since: number;
	/** Exclusive. */
	readonly until: number;
	/** Only deliveries that ended so, such as `dead`; absent: every event that matches now. */
	readonly status?: 'dead' | 'delivered' | 'cancelled' | undefined;
	readonly subscriptionId?: string | undefined;
	readonly tenantId?: string | undefined;
}

/**
 * New deliveries of old events. The event keeps its id; each replay is a delivery of its own, named as
 * its subscription asks now and as its record, where it was read since, shows.
 */
export interface ReplayLedger {
	/** @throws NotFoundError, or ConflictError when subscription or organisation are gone or off */
	replayDelivery(workspaceId: string, deliveryId: string): Promise<{ readonly id: string }>;
	/**
	 * To every active subscription that asks for such events now, each event once. What is not sent after
	 * all (the organisation is switched off, or the record is of a kind that was not asked for) is
	 * written down as such, and not counted.
	 */
	replayRange(workspaceId: string, range: ReplayRange): Promise<{ readonly deliveries: number }>;
}

export function createReplayLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	/** Told of the deliveries that became due. */
	onDue?(due: readonly Ring[]): void;
}): ReplayLedger {
	const { db, now } = deps;

	return {
		async replayDelivery(workspaceId, deliveryId) {
			const id = newId(now());
			await db.transaction().execute(async (tx) => {
				const old = await tx
					.selectFrom('deliveries')
					.selectAll()
					.where('workspace_id', '=', workspaceId)
					.where('id', '=', deliveryId)
					.executeTakeFirst();
				if (!old) throw new NotFoundError(`The workspace has no delivery "${deliveryId}".`);
				const subscription = await tx
					.selectFrom('subscriptions')
					.selectAll()
					.where('id', '=', old.subscription_id)
					.where('status', '=', 'active')
					.executeTakeFirst();
				if (!subscription) {
					throw new ConflictError(
						'The subscription of this delivery is gone or disabled. Activate the workflow, then replay the time range.',
					);
				}
				const event = readStoredEvent(
					await tx
						.selectFrom('events')
						.selectAll()
						.where('id', '=', old.event_id)
						.executeTakeFirstOrThrow(),
				);
				if ((await tenantsOff(tx, workspaceId)).has(event.tenantId)) {
					throw new ConflictError(SWITCHED_OFF);
				}
				const replay = {
					id,
					workspaceId,
					eventId: event.id,
					subscriptionId: subscription.id,
					replayOf: old.id,
					plan: decideDelivery(event, readSubscription(subscription)),
				};
				await insertDeliveries(tx, [replay], now());
			});
			deps.onDue?.([firstAttempt(id)]);
			return { id };
		},

		async replayRange(workspaceId, range) {
			const { planned, due } = await db
				.transaction()
				.execute((tx) => replayRange(tx, workspaceId, range, now()));
			deps.onDue?.(due);
			return { deliveries: planned };
		},
	};
}

async function replayRange(
	tx: Transaction<Tables>,
	workspaceId: string,
	range: ReplayRange,
	at: number,
): Promise<Planned> {
	const subscriptions = await tx
		.selectFrom('subscriptions')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('status', '=', 'active')
		.$if(range.subscriptionId !== undefined, (q) =>
			q.where('id', '=', range.subscriptionId as string),
		)
		.execute();
	const wishes = subscriptions.map(readSubscription);
	const events = await tx
		.selectFrom('events')
		.select(['id', 'tenant_id', 'category', 'change', 'record'])
		.where('workspace_id', '=', workspaceId)
		.where('received_at', '>=', range.since)
		.where('received_at', '<', range.until)
		.$if(range.tenantId !== undefined, (q) =>
			q.where('tenant_id', '=', (range.tenantId as string).toLowerCase()),
		)
		.orderBy('id')
		.execute();
	const firsts = await firstDeliveries(tx, workspaceId, range);
	const off = await tenantsOff(tx, workspaceId);

	const replays: NewDelivery[] = [];
	for (const { id: eventId, tenant_id: tenantId, category, change, record } of events) {
		const asked = wishes.filter(
			({ id }) =>
				range.status === undefined || firsts.get(`${eventId} ${id}`)?.status === range.status,
		);
		if (asked.length === 0) continue;
		const event = { tenantId, category, change, record: readStoredRecord(record) };
		const planned = asked.flatMap((wish): NewDelivery[] => {
			const plan = planDelivery(event, wish, off.has(tenantId));
			if (plan === undefined) return [];
			const replayOf = firsts.get(`${eventId} ${wish.id}`)?.id ?? eventId;
			return [{ id: newId(at), workspaceId, eventId, subscriptionId: wish.id, replayOf, plan }];
		});
		if (planned.some(({ plan }) => plan.kind === 'waiting')) await readAgain(tx, eventId, at);
		replays.push(...planned);
	}
	return insertDeliveries(tx, replays, at);
}

/** The organisations that the workspace has switched off. */
async function tenantsOff(
	tx: Transaction<Tables>,
	workspaceId: string,
): Promise<ReadonlySet<string>> {
	const rows = await tx
		.selectFrom('connections')
		.select('tenant_id')
		.where('workspace_id', '=', workspaceId)
		.where('enabled', '=', 0)
		.execute();
	return new Set(rows.map((row) => row.tenant_id));
}

/** The deliveries that were made when the events came, by event and subscription. */
async function firstDeliveries(tx: Transaction<Tables>, workspaceId: string, range: ReplayRange) {
	const rows = await tx
		.selectFrom('deliveries as d')
		.innerJoin('events as e', 'e.id', 'd.event_id')
		.select(['d.id', 'd.status', 'd.event_id', 'd.subscription_id'])
		.where('d.workspace_id', '=', workspaceId)
		.where('d.replay_of', 'is', null)
		.where('e.received_at', '>=', range.since)
		.where('e.received_at', '<', range.until)
		.execute();
	return new Map(rows.map((row) => [`${row.event_id} ${row.subscription_id}`, row]));
}

async function readAgain(tx: Transaction<Tables>, eventId: string, at: number): Promise<void> {
	await tx
		.updateTable('events')
		.set({ record_state: 'needed', record_attempt: 0, record_next_at: at })
		.where('id', '=', eventId)
		.execute();
}
