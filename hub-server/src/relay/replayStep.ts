import { sql, type Transaction } from 'kysely';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { insertDeliveries, type NewDelivery } from '../events/insertDeliveries';
import { planDelivery } from '../events/planDelivery';
import { readStoredEvent } from '../events/readStoredEvent';
import type { StoredEvent } from '../events/StoredEvent';
import { matchEvent } from '../subscriptions/matchEvent';
import { readSubscription } from '../subscriptions/readSubscription';
import type { Ring } from '../work/Doorbell';
import { bringForward, type UnderWay } from './bringForward';
import { decideRepeat, type PastDelivery, type RepeatFilter } from './decideRepeat';

/** What a replay looks at, from where it stands. */
export interface ReplayScope {
	readonly workspaceId: string;
	/** Epoch milliseconds, exclusive: when the events were received. */
	readonly until: number;
	readonly filter: RepeatFilter | undefined;
	readonly subscriptionId: string | undefined;
	readonly tenantId: string | undefined;
	readonly position: ReplayPosition;
}

/** Behind the event that was looked at last. */
export interface ReplayPosition {
	readonly receivedAt: number;
	readonly eventId: string;
}

/** What the next events of a replay come to. */
export interface ReplayPart {
	/** Behind these events. */
	readonly position: ReplayPosition;
	/** No event comes after them. */
	readonly isLast: boolean;
	readonly again: readonly NewDelivery[];
	readonly sooner: readonly UnderWay[];
	/** Events whose record is read once more, for a delivery that needs it. */
	readonly needRecords: readonly string[];
}

/** Each in one transaction, beside which acknowledgements to Xero must not wait. */
const EVENTS_A_STEP = 100;

/** A workspace may have hundreds of subscriptions. */
const DELIVERIES_A_STEP = 300;

/** Looks at the next events, writes nothing. @param now epoch milliseconds */
export async function planReplayPart(
	tx: Transaction<Tables>,
	scope: ReplayScope,
	now: number,
): Promise<ReplayPart> {
	const { wishes, known } = await wishesOf(tx, scope);
	const most = Math.ceil(DELIVERIES_A_STEP / Math.max(wishes.length, 1));
	const limit = Math.min(EVENTS_A_STEP, most);
	const events = await nextEvents(tx, scope, limit);
	const originals = await originalsOf(
		tx,
		events.flatMap(({ same_as: sameAs }) => sameAs ?? []),
	);
	const past = await pastDeliveries(tx, [...events.map(({ id }) => id), ...originals.keys()]);
	const off = await tenantsOff(tx, scope.workspaceId);

	const again: NewDelivery[] = [];
	const sooner: UnderWay[] = [];
	const needRecords: string[] = [];
	for (const row of events) {
		const { id: eventId, tenant_id: tenantId } = row;
		if (scope.tenantId !== undefined && scope.tenantId !== tenantId) continue;
		const deliveries = past.get(eventId) ?? [];
		const original = originals.get(row.same_as ?? '');
		const hasHad = (id: string, wish: (typeof wishes)[number]) =>
			(past.get(id) ?? []).some(({ subscriptionId }) => subscriptionId === wish.id);
		// A change that two events tell is the first one's, for whoever gets that.
		const getsOriginal = (wish: (typeof wishes)[number]) =>
			original !== undefined &&
			(hasHad(original.id, wish) ||
				(!hasHad(eventId, wish) && matchEvent(original, wish) !== 'no'));
		const own = wishes.filter((wish) => !getsOriginal(wish));
		const repeats = own.map((wish) => ({
			wish,
			repeat: decideRepeat(pastOf(deliveries, wish.id, known), scope.filter),
		}));
		if (repeats.every(({ repeat }) => repeat.kind === 'no')) continue;
		const event = readStoredEvent(row);
		for (const { wish, repeat } of repeats) {
			if (repeat.kind === 'no') continue;
			if (repeat.kind === 'sooner') {
				if (off.has(tenantId)) continue;
				sooner.push({ id: repeat.id, eventId, isWaiting: repeat.isWaiting });
				continue;
			}
			const plan = planDelivery(event, wish, off.has(tenantId));
			if (plan === undefined) continue;
			if (plan.kind === 'waiting') needRecords.push(eventId);
			again.push({
				id: newId(now),
				workspaceId: scope.workspaceId,
				eventId,
				subscriptionId: wish.id,
				replayOf: repeat.of ?? eventId,
				plan,
			});
		}
	}
	const last = events.at(-1);
	return {
		position: last ? { receivedAt: last.received_at, eventId: last.id } : scope.position,
		isLast: events.length < limit,
		again,
		sooner,
		needRecords: [...new Set(needRecords)],
	};
}

/** How many deliveries it sends. */
export function countOf({ again, sooner }: ReplayPart): number {
	return again.filter(({ plan }) => plan.kind !== 'filtered').length + sooner.length;
}

/** @returns the rings for what became due. @param now epoch milliseconds */
export async function writeReplayPart(
	tx: Transaction<Tables>,
	part: ReplayPart,
	now: number,
): Promise<readonly Ring[]> {
	const { due } = await insertDeliveries(tx, part.again, now);
	const rings = [...due, ...(await bringForward(tx, part.sooner, now))];
	if (part.needRecords.length > 0) {
		await tx
			.updateTable('events')
			.set({ record_state: 'needed', record_attempt: 0, record_next_at: now })
			.where('id', 'in', [...part.needRecords])
			.execute();
	}
	return rings;
}

/** The organisations that the workspace has switched off. */
export async function tenantsOff(
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

/**
 * All that was made of some events, by event, oldest first. In two queries: first deliveries and replays
 * each have an index by event.
 */
export async function pastDeliveries(tx: Transaction<Tables>, eventIds: readonly string[]) {
	const found = new Map<string, (PastDelivery & { readonly subscriptionId: string })[]>();
	if (eventIds.length === 0) return found;
	for (const isReplay of [false, true]) {
		const rows = await tx
			.selectFrom('deliveries')
			.select(['id', 'event_id', 'subscription_id', 'status'])
			.where('event_id', 'in', [...eventIds])
			.where('replay_of', isReplay ? 'is not' : 'is', null)
			.orderBy('id')
			.execute();
		for (const { id, event_id: eventId, subscription_id: subscriptionId, status } of rows) {
			const deliveries = found.get(eventId) ?? [];
			deliveries.push({ id, status, subscriptionId });
			found.set(eventId, deliveries);
		}
	}
	return found;
}

/**
 * Those to the subscription. One that has none yet may be another's successor: a workflow that was
 * published anew subscribes anew, so what went to subscriptions that are gone counts for it.
 */
function pastOf<Past extends PastDelivery & { readonly subscriptionId: string }>(
	deliveries: readonly Past[],
	subscriptionId: string,
	known: ReadonlySet<string>,
): readonly Past[] {
	const own = deliveries.filter((one) => one.subscriptionId === subscriptionId);
	return own.length > 0 ? own : deliveries.filter((one) => !known.has(one.subscriptionId));
}

async function wishesOf(tx: Transaction<Tables>, { workspaceId, subscriptionId }: ReplayScope) {
	const rows = await tx
		.selectFrom('subscriptions')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.execute();
	return {
		known: new Set(rows.map(({ id }) => id)),
		wishes: rows
			// What goes to one that is parked waits with the rest of its queue.
			.filter(({ id, status }) => status !== 'disabled' && id === (subscriptionId ?? id))
			.map(readSubscription),
	};
}

/** Of the ids of events, those that are kept still; by id. */
async function originalsOf(
	tx: Transaction<Tables>,
	ids: readonly string[],
): Promise<ReadonlyMap<string, StoredEvent>> {
	if (ids.length === 0) return new Map();
	const rows = await tx
		.selectFrom('events')
		.selectAll()
		.where('id', 'in', [...new Set(ids)])
		.execute();
	return new Map(rows.map((row) => [row.id, readStoredEvent(row)]));
}

function nextEvents(
	tx: Transaction<Tables>,
	{ workspaceId, until, position: { receivedAt, eventId } }: ReplayScope,
	limit: number,
) {
	return tx
		.selectFrom('events')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('received_at', '<', until)
		.where(sql<boolean>`(received_at, id) > (${receivedAt}, ${eventId})`)
		.orderBy('received_at')
		.orderBy('id')
		.limit(limit)
		.execute();
}
