import type { Insertable, Transaction } from 'kysely';
import type { Engine } from '../database/engine';
import { inChunks } from '../database/inChunks';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { readSubscription } from '../subscriptions/readSubscription';
import type { MatchableSubscription } from '../subscriptions/matchEvent';
import { readOverdue } from '../subscriptions/Overdue';
import type { Ring } from '../work/Doorbell';
import { isWriteOpen } from '../writes/openWrites';
import { addUsage, sumUsage } from './keptUsage';
import type { RecordDifference } from '../records/recordDifference';
import { causeColumns, findCauses, type JudgedEvent } from './findCauses';
import { findToldBefore } from './findToldBefore';
import { insertDeliveries } from './insertDeliveries';
import { planDelivery, type DeliveryPlan } from './planDelivery';
import type { StoredEvent } from './StoredEvent';

/** A change in Xero, told or found, for one workspace. */
export interface NewEvent extends Pick<
	StoredEvent,
	| 'workspaceId'
	| 'tenantId'
	| 'category'
	| 'change'
	| 'resourceId'
	| 'resourceUrl'
	| 'occurredAt'
	| 'receivedAt'
	| 'source'
	| 'original'
> {
	/** Made here where it is not given. */
	readonly id?: string;
	/** Xero's own text, or the version that a sync found: part of the event's identity. */
	readonly eventDateUtc: string;
	/** The payload that told of it; null where none did. */
	readonly payloadId: number | null;
	/** The workspace has switched the organisation off: the event is kept, and no workflow gets it. */
	readonly isSwitchedOff: boolean;
	/** Of a sync, which has read it. */
	readonly found?: FoundChange;
}

/** What a sync knows of the change that it tells. */
export interface FoundChange {
	/** As Xero answered it; undefined where no copy is kept. */
	readonly record: Readonly<Record<string, unknown>> | undefined;
	/** Xero's time of the change; null where it tells none. */
	readonly version: number | null;
	/** Null where no former state was known. */
	readonly difference: RecordDifference | null;
	/** As a stored event has them. */
	readonly types: StoredEvent['types'];
}

export interface Appended {
	/** Events that were not known before. */
	readonly newEvents: number;
	/** To be sent, now or when the record is there. */
	readonly newDeliveries: number;
	/** Those of them that wait for nothing. */
	readonly due: readonly Ring[];
}

/**
 * Keeps events, each once, and plans their deliveries to the subscriptions that are active or parked now. An event
 * that the workspace knows by (organisation, category, resource, change, date) changes nothing. Durable
 * with the transaction; whoever calls rings the doorbell after it.
 */
export async function appendEvents(
	tx: Transaction<Tables>,
	engine: Engine,
	events: readonly NewEvent[],
	now: number,
): Promise<Appended> {
	const wishes = await activeWishes(
		tx,
		engine,
		events.map(({ workspaceId }) => workspaceId),
	);
	const told = await findToldBefore(tx, events);
	const causes = await findCauses(tx, events.flatMap(asRead));
	const unjudged = await echoesToCome(tx, events, wishes, now);
	const planned = events.map((event) => {
		const cause = (event.id === undefined ? undefined : causes.get(event.id)) ?? null;
		const sameAs = told.matchOf(event);
		const plans = (wishes.get(event.workspaceId) ?? []).flatMap((wish) => {
			if (sameAs !== null && told.hasGot(sameAs, wish.id)) return [];
			const known = {
				...event,
				// Read once more when the call that may have made the change is over.
				record: unjudged.has(event) ? undefined : event.found?.record,
				difference: event.found?.difference,
				types: event.found?.types,
				cause,
				overdue: readOverdue(event.source, event.original),
			};
			const plan = planDelivery(known, wish, event.isSwitchedOff);
			return plan ? [{ subscriptionId: wish.id, plan, isHydrated: wish.hydrate }] : [];
		});
		return {
			event,
			row: { ...eventRow(event, plans, now), same_as: sameAs, ...causeColumns(cause) },
			plans,
		};
	});

	const inserted = await insertEvents(
		tx,
		planned.map(({ row }) => row),
	);
	await told.close(planned.filter(({ row }) => inserted.has(row.id)).map(({ event }) => event));
	const deliveries = planned
		.filter(({ row }) => inserted.has(row.id))
		.flatMap(({ row, plans }) =>
			plans.map(({ subscriptionId, plan }) => ({
				subscriptionId,
				plan,
				id: newId(now),
				workspaceId: row.workspace_id,
				eventId: row.id,
				replayOf: null,
			})),
		);
	const { planned: newDeliveries, due } = await insertDeliveries(tx, deliveries, now);
	await addUsage(
		tx,
		sumUsage(
			planned
				.filter(({ row }) => inserted.has(row.id))
				.map(({ row }) => ({
					workspaceId: row.workspace_id,
					events: 1,
					bytes: Buffer.byteLength(row.original) + Buffer.byteLength(row.record ?? ''),
				})),
		),
	);
	return { newEvents: inserted.size, newDeliveries, due };
}

/** What a sync has read may be an echo; of what a webhook tells, the version is not known yet. */
function asRead(event: NewEvent): JudgedEvent[] {
	const { id, found } = event;
	if (id === undefined || found === undefined) return [];
	return [{ ...event, id, version: found.version, changed: found.difference?.changed }];
}

/** Those that a sync found while a call was under way that may have made them, where a subscription wants to know. */
async function echoesToCome(
	tx: Transaction<Tables>,
	events: readonly NewEvent[],
	wishes: ReadonlyMap<string, readonly Wish[]>,
	now: number,
): Promise<ReadonlySet<NewEvent>> {
	const open = new Map<string, boolean>();
	const unjudged = new Set<NewEvent>();
	for (const event of events) {
		const { workspaceId, tenantId, category, found } = event;
		const isAsked = wishes
			.get(workspaceId)
			?.some(({ filter }) => filter?.causedByOthersOnly === true);
		// Nobody has written what has become overdue.
		const isChange = found !== undefined && found.version !== null;
		if (!isChange || isAsked !== true) continue;
		const place = `${workspaceId} ${tenantId} ${category}`;
		const isOpen = open.get(place) ?? (await isWriteOpen(tx, event, now));
		open.set(place, isOpen);
		if (isOpen) unjudged.add(event);
	}
	return unjudged;
}

/** A burst of changes to one organisation is read from Xero together after this pause. */
const RECORD_COALESCE_MS = 250;

type Wish = MatchableSubscription & { readonly id: string };

/**
 * None of them goes before the transaction ends: whoever ends a subscription finds all of its deliveries.
 * SQLite has one writer at a time.
 */
async function activeWishes(
	tx: Transaction<Tables>,
	engine: Engine,
	workspaceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Wish[]>> {
	if (workspaceIds.length === 0) return new Map();
	const rows = await tx
		.selectFrom('subscriptions')
		.selectAll()
		.where('workspace_id', 'in', [...new Set(workspaceIds)])
		.where('status', 'in', ['active', 'parked'])
		.$if(engine === 'postgres', (q) => q.orderBy('id').forKeyShare())
		.execute();
	const byWorkspace = new Map<string, Wish[]>();
	for (const row of rows) {
		const wishes = byWorkspace.get(row.workspace_id) ?? [];
		wishes.push(readSubscription(row));
		byWorkspace.set(row.workspace_id, wishes);
	}
	return byWorkspace;
}

/** The ids of those that were new. */
async function insertEvents(
	tx: Transaction<Tables>,
	events: readonly Insertable<Tables['events']>[],
): Promise<ReadonlySet<string>> {
	const inserted = new Set<string>();
	for (const chunk of inChunks(events)) {
		const rows = await tx
			.insertInto('events')
			.values(chunk)
			.onConflict((conflict) => conflict.doNothing())
			.returning('id')
			.execute();
		for (const { id } of rows) inserted.add(id);
	}
	return inserted;
}

function eventRow(
	event: NewEvent,
	plans: readonly { readonly plan: DeliveryPlan; readonly isHydrated: boolean }[],
	now: number,
) {
	const { found } = event;
	const needsRecord = plans.some(({ plan }) => plan.kind === 'waiting');
	// A copy is kept beside the event only for those who get it with the event.
	const takesRecord = plans.some(({ plan, isHydrated }) => plan.kind === 'due' && isHydrated);
	const isKept = found?.record !== undefined && takesRecord;
	const record = isKept ? JSON.stringify(found.record) : null;
	const difference = plans.length > 0 ? found?.difference : undefined;
	return {
		id: event.id ?? newId(now),
		workspace_id: event.workspaceId,
		tenant_id: event.tenantId,
		category: event.category,
		change: event.change,
		resource_id: event.resourceId,
		resource_url: event.resourceUrl,
		event_date_utc: event.eventDateUtc,
		occurred_at: event.occurredAt,
		received_at: event.receivedAt,
		source: event.source,
		payload_id: event.payloadId,
		original: JSON.stringify(event.original),
		record_state: needsRecord
			? ('needed' as const)
			: record === null
				? ('not_needed' as const)
				: ('ready' as const),
		record,
		version: found?.version ?? null,
		types: found === undefined ? null : JSON.stringify(found.types),
		previous: difference ? JSON.stringify(difference.previous) : null,
		changed: difference ? JSON.stringify(difference.changed) : null,
		record_attempt: 0,
		record_next_at: needsRecord ? now + RECORD_COALESCE_MS : null,
		record_lease_id: null,
		record_lease_until: null,
	};
}
