import type { Insertable, Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '../clock';
import { ConflictError, NotFoundError } from '../errors/requestErrors';
import { matchEvent } from '../subscriptions/matchEvent';
import { inChunks } from '../database/inChunks';
import { newId } from '../database/newId';
import { readSubscription } from '../subscriptions/readSubscription';
import { SWITCHED_OFF, switchedOff } from '../events/switchedOff';
import type { Tables } from '../database/tables';
import { LEASE } from '../work/lease';

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

/** New deliveries of old events. The event keeps its id; each replay is a delivery of its own. */
export interface ReplayLedger {
	/** @throws NotFoundError, or ConflictError when subscription or organisation are gone or off */
	replayDelivery(workspaceId: string, deliveryId: string): Promise<{ readonly id: string }>;
	/**
	 * To every active subscription that asks for such events now, each event once. Those of an
	 * organisation that is switched off are written down as not sent, and not counted.
	 */
	replayRange(workspaceId: string, range: ReplayRange): Promise<{ readonly deliveries: number }>;
}

export function createReplayLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	onCommitted?(): void;
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
					.select('id')
					.where('id', '=', old.subscription_id)
					.where('status', '=', 'active')
					.executeTakeFirst();
				if (!subscription) {
					throw new ConflictError(
						'The subscription of this delivery is gone or disabled. Activate the workflow, then replay the time range.',
					);
				}
				const { tenant_id: tenantId } = await tx
					.selectFrom('events')
					.select('tenant_id')
					.where('id', '=', old.event_id)
					.executeTakeFirstOrThrow();
				if ((await tenantsOff(tx, workspaceId)).has(tenantId))
					throw new ConflictError(SWITCHED_OFF);
				await tx
					.insertInto('deliveries')
					.values(replayRow(id, workspaceId, old.event_id, old.subscription_id, old.id, now()))
					.execute();
			});
			deps.onCommitted?.();
			return { id };
		},

		async replayRange(workspaceId, range) {
			const count = await db
				.transaction()
				.execute((tx) => replayRange(tx, workspaceId, range, now()));
			deps.onCommitted?.();
			return { deliveries: count };
		},
	};
}

async function replayRange(
	tx: Transaction<Tables>,
	workspaceId: string,
	range: ReplayRange,
	at: number,
): Promise<number> {
	const subscriptions = await tx
		.selectFrom('subscriptions')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('status', '=', 'active')
		.$if(range.subscriptionId !== undefined, (q) =>
			q.where('id', '=', range.subscriptionId as string),
		)
		.execute();
	const events = await tx
		.selectFrom('events')
		.selectAll()
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

	const rows: Insertable<Tables['deliveries']>[] = [];
	for (const event of events) {
		const isOff = off.has(event.tenant_id);
		let needsRecord = false;
		for (const subscription of subscriptions) {
			const first = firsts.get(`${event.id} ${subscription.id}`);
			if (range.status !== undefined && first?.status !== range.status) continue;
			const match = matchEvent(
				{ tenantId: event.tenant_id, category: event.category, change: event.change },
				readSubscription(subscription),
			);
			if (match === 'no') continue;
			const mustRead = !isOff && match === 'needs_record' && event.record_state !== 'ready';
			needsRecord ||= mustRead;
			rows.push({
				...replayRow(newId(at), workspaceId, event.id, subscription.id, first?.id ?? event.id, at),
				status: mustRead ? 'waiting' : 'pending',
				...(isOff && switchedOff(at)),
			});
		}
		if (needsRecord) await readAgain(tx, event, at);
	}
	for (const chunk of inChunks(rows)) await tx.insertInto('deliveries').values(chunk).execute();
	return rows.filter(({ status }) => status !== 'filtered').length;
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

async function readAgain(
	tx: Transaction<Tables>,
	event: Selectable<Tables['events']>,
	at: number,
): Promise<void> {
	await tx
		.updateTable('events')
		.set({ record_state: 'needed', record_attempt: 0, record_next_at: at })
		.where('id', '=', event.id)
		.execute();
}

function replayRow(
	id: string,
	workspaceId: string,
	eventId: string,
	subscriptionId: string,
	replayOf: string,
	at: number,
): Insertable<Tables['deliveries']> {
	return {
		id,
		workspace_id: workspaceId,
		event_id: eventId,
		subscription_id: subscriptionId,
		replay_of: replayOf,
		status: 'pending',
		attempt: 0,
		next_at: at,
		...LEASE.free,
		reason: null,
		created_at: at,
		finished_at: null,
	};
}
