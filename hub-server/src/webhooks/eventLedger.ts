import type { Insertable, Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '../clock';
import { matchEvent } from '../subscriptions/matchEvent';
import { parseWebhookPayload, type XeroEvent } from './parseWebhookPayload';
import type { Engine } from '../database/engine';
import { findHolders } from '../events/findHolders';
import { provenApps } from '../workspaces/provenApps';
import { inChunks } from '../database/inChunks';
import { newId } from '../database/newId';
import { readSubscription } from '../subscriptions/readSubscription';
import { switchedOff } from '../events/switchedOff';
import type { Tables } from '../database/tables';
import { LEASE, RECORD_LEASE, passingOverLocked } from '../work/lease';

/** What routing some payloads came to. */
export interface Routed {
	readonly payloads: number;
	/** Events that were not known before; one for each workspace that holds the organisation. */
	readonly newEvents: number;
	/** To be sent. */
	readonly newDeliveries: number;
	/** What in the payloads could not be read; their bytes are kept. */
	readonly faults: readonly string[];
}

/** Turns payloads into events, each kept once, and into the deliveries that are due because of them. */
export interface EventLedger {
	/**
	 * Routes the oldest payloads that wait, all or none, in one transaction: a crash leaves them
	 * waiting. Several processes may route at once; none sees another's payloads. An event that is
	 * known by (organisation, category, resource, change, date) is not stored again. It goes to the
	 * workspaces that hold its organisation; where one has that switched off, its deliveries end there.
	 */
	route(maxPayloads: number): Promise<Routed>;
}

export function createEventLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
}): EventLedger {
	const { db, engine, now } = deps;

	return {
		route: (maxPayloads) =>
			db.transaction().execute(async (tx) => {
				const payloads = await tx
					.selectFrom('payloads')
					.selectAll()
					.where('routed_at', 'is', null)
					.orderBy('id')
					.limit(maxPayloads)
					.$call(passingOverLocked(engine))
					.execute();
				if (payloads.length === 0) return NOTHING_ROUTED;

				const routed = await routePayloads(tx, payloads, now());
				await tx
					.updateTable('payloads')
					.set({ routed_at: now() })
					.where(
						'id',
						'in',
						payloads.map(({ id }) => id),
					)
					.execute();
				return routed;
			}),
	};
}

/** A burst of changes to one organisation is read from Xero together after this pause. */
const RECORD_COALESCE_MS = 250;

const NOTHING_ROUTED: Routed = { payloads: 0, newEvents: 0, newDeliveries: 0, faults: [] };

type Payload = Selectable<Tables['payloads']>;

async function routePayloads(
	tx: Transaction<Tables>,
	payloads: readonly Payload[],
	now: number,
): Promise<Routed> {
	const parsed = payloads.map((payload) => ({
		payload,
		...parseWebhookPayload(payload.body, payload.received_at),
	}));
	const faults = parsed.flatMap((one) => one.faults);
	await noteHandshakes(
		tx,
		parsed
			.filter((one) => one.events.length + one.faults.length === 0)
			.map((one) => one.payload)
			// One by a key that was replaced says nothing about the new one.
			.filter((payload) => payload.signed_with === 'current'),
	);

	const addressed = await address(tx, parsed);
	const subscriptions = await activeSubscriptions(
		tx,
		addressed.map(({ holder }) => holder.workspaceId),
	);
	const planned = addressed.map(({ payload, event, holder: { workspaceId, enabled } }) => {
		const matches = (subscriptions.get(workspaceId) ?? [])
			.map((subscription) => ({ subscription, match: matchEvent(event, subscription) }))
			.filter(({ match }) => match !== 'no');
		const needsRecord = enabled && matches.some(({ match }) => match === 'needs_record');
		return { row: toRow(event, payload, workspaceId, needsRecord, now), matches, enabled };
	});

	const inserted = await insertEvents(
		tx,
		planned.map(({ row }) => row),
	);
	const deliveries = planned
		.filter(({ row }) => inserted.has(row.id))
		.flatMap(({ row, matches, enabled }) =>
			matches.map(({ subscription, match }) => ({
				id: newId(now),
				workspace_id: row.workspace_id,
				event_id: row.id,
				subscription_id: subscription.id,
				replay_of: null,
				status: match === 'needs_record' ? ('waiting' as const) : ('pending' as const),
				attempt: 0,
				next_at: now,
				...LEASE.free,
				reason: null,
				created_at: now,
				finished_at: null,
				...(!enabled && switchedOff(now)),
			})),
		);
	for (const chunk of inChunks(deliveries)) {
		await tx.insertInto('deliveries').values(chunk).execute();
	}
	return {
		payloads: payloads.length,
		newEvents: inserted.size,
		newDeliveries: deliveries.filter(({ status }) => status !== 'filtered').length,
		faults,
	};
}

/** Each event with each workspace that it goes to. */
async function address(
	tx: Transaction<Tables>,
	parsed: readonly { readonly payload: Payload; readonly events: readonly XeroEvent[] }[],
) {
	const received = parsed.flatMap(({ payload, events }) =>
		events.map((event) => ({ payload, event })),
	);
	const holdersOf = await findHolders(
		tx,
		received.map(({ payload, event }) => ({
			receiver: payload.workspace_id,
			tenantId: event.tenantId,
		})),
	);
	return received.flatMap(({ payload, event }) =>
		holdersOf(payload.workspace_id, event.tenantId).map((holder) => ({ payload, event, holder })),
	);
}

/**
 * An intent-to-receive check is a correctly signed payload without events. It is about the app, so
 * every workspace with its keys learns of it.
 */
async function noteHandshakes(tx: Transaction<Tables>, checks: readonly Payload[]): Promise<void> {
	const receivers = [...new Set(checks.map((check) => check.workspace_id))];
	const apps = await provenApps(tx, receivers);
	for (const { workspace_id: workspaceId, received_at: at } of checks) {
		await tx
			.updateTable('app_keys')
			.set({ handshake_at: at })
			.where((e) =>
				e.or([
					e('workspace_id', '=', workspaceId),
					e('client_id', '=', apps.get(workspaceId) ?? null),
				]),
			)
			.execute();
	}
}

async function activeSubscriptions(tx: Transaction<Tables>, workspaceIds: readonly string[]) {
	const byWorkspace = new Map<string, ReturnType<typeof readSubscription>[]>();
	if (workspaceIds.length === 0) return byWorkspace;
	const rows = await tx
		.selectFrom('subscriptions')
		.selectAll()
		.where('workspace_id', 'in', [...new Set(workspaceIds)])
		.where('status', '=', 'active')
		.execute();
	for (const row of rows) {
		const list = byWorkspace.get(row.workspace_id) ?? [];
		list.push(readSubscription(row));
		byWorkspace.set(row.workspace_id, list);
	}
	return byWorkspace;
}

/** The ids of those that were new. */
async function insertEvents(
	tx: Transaction<Tables>,
	events: readonly Insertable<Tables['events']>[],
): Promise<Set<string>> {
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

function toRow(
	event: XeroEvent,
	payload: Payload,
	workspaceId: string,
	needsRecord: boolean,
	now: number,
) {
	return {
		id: newId(now),
		workspace_id: workspaceId,
		tenant_id: event.tenantId,
		category: event.category,
		change: event.change,
		resource_id: event.resourceId,
		resource_url: event.resourceUrl,
		event_date_utc: event.eventDateUtc,
		occurred_at: event.occurredAt,
		received_at: payload.received_at,
		source: 'webhook' as const,
		payload_id: payload.id,
		original: JSON.stringify(event.original),
		record_state: needsRecord ? ('needed' as const) : ('not_needed' as const),
		record: null,
		record_attempt: 0,
		record_next_at: needsRecord ? now + RECORD_COALESCE_MS : null,
		...RECORD_LEASE.free,
	};
}
