import { createHash } from 'node:crypto';
import type { Insertable, Kysely, Transaction } from 'kysely';
import type { Clock } from '../clock';
import { matchEvent } from '../subscriptions/matchEvent';
import type { SigningKey } from '../webhooks/verifyXeroSignature';
import type { XeroEvent } from '../webhooks/parseWebhookPayload';
import { createGroupCommit } from './groupCommit';
import { inChunks } from './inChunks';
import { newId } from './newId';
import { readSubscription } from './readSubscription';
import type { Tables } from './tables';

/** A verified payload of Xero's, on its way into the ledger. */
export interface AcceptedPayload {
	readonly workspaceId: string;
	readonly body: Buffer;
	readonly signedWith: SigningKey['name'];
	readonly events: readonly XeroEvent[];
}

/** What a payload added: all zero when it only repeated what was known. */
export interface Accepted {
	readonly newEvents: number;
	readonly newDeliveries: number;
}

/** Keeps every accepted event, once, together with what must be delivered because of it. */
export interface EventLedger {
	/**
	 * Durable once resolved: payload, events and deliveries in one fsynced transaction, shared with
	 * whatever else arrived in the same turn. Idempotent: the same bytes are kept once, and an event
	 * that is known by (organisation, category, resource, change, date) is not stored again.
	 */
	accept(payload: AcceptedPayload): Promise<Accepted>;
	/** Resolves when nothing is being written. */
	idle(): Promise<void>;
}

export interface EventLedgerDeps {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	/** Rung after a commit that added deliveries; never awaited. */
	onCommitted?(accepted: Accepted): void;
	/** How many payloads shared one commit, for the metrics. */
	onBatch?(size: number): void;
	/** 1 gives a commit per payload, for comparison in the benchmark. */
	readonly maxBatch?: number;
}

/** A burst of changes to one organisation is read from Xero together after this pause. */
const RECORD_COALESCE_MS = 250;

export function createEventLedger(deps: EventLedgerDeps): EventLedger {
	const { db, now } = deps;

	const commits = createGroupCommit<AcceptedPayload, Accepted>(
		async (payloads) => {
			deps.onBatch?.(payloads.length);
			const accepted = await db.transaction().execute((tx) => write(tx, payloads, now()));
			const sum = accepted.reduce(
				(total, one) => ({
					newEvents: total.newEvents + one.newEvents,
					newDeliveries: total.newDeliveries + one.newDeliveries,
				}),
				NOTHING_NEW,
			);
			if (sum.newEvents > 0) deps.onCommitted?.(sum);
			return accepted;
		},
		{ maxItems: deps.maxBatch ?? 500 },
	);

	return { accept: (payload) => commits.add(payload), idle: () => commits.idle() };
}

const NOTHING_NEW: Accepted = { newEvents: 0, newDeliveries: 0 };

async function write(
	tx: Transaction<Tables>,
	payloads: readonly AcceptedPayload[],
	now: number,
): Promise<Accepted[]> {
	const rows = payloads.map((payload) => ({ payload, id: newId(now) }));
	await insertPayloads(tx, rows, now);
	await noteHandshakes(tx, payloads, now);

	const events = rows.flatMap(({ payload, id }, index) =>
		payload.events.map((event) => ({ index, event, row: toRow(event, payload, id, now) })),
	);
	const subscriptions = await activeSubscriptions(
		tx,
		events.length > 0 ? payloads.map(({ workspaceId }) => workspaceId) : [],
	);

	const planned = events.map(({ index, row }) => {
		const matches = (subscriptions.get(row.workspace_id) ?? [])
			.map((subscription) => ({
				subscription,
				match: matchEvent(
					{ tenantId: row.tenant_id, category: row.category, change: row.change },
					subscription,
				),
			}))
			.filter(({ match }) => match !== 'no');
		const needsRecord = matches.some(({ match }) => match === 'needs_record');
		const event = {
			...row,
			record_state: needsRecord ? ('needed' as const) : ('not_needed' as const),
			record_next_at: needsRecord ? now + RECORD_COALESCE_MS : null,
		};
		return { index, event, matches };
	});

	const inserted = await insertEvents(
		tx,
		planned.map(({ event }) => event),
	);
	const accepted = payloads.map(() => NOTHING_NEW);
	const deliveries: Insertable<Tables['deliveries']>[] = [];
	for (const { index, event, matches } of planned) {
		if (!inserted.has(event.id)) continue;
		const before = accepted[index] ?? NOTHING_NEW;
		accepted[index] = {
			newEvents: before.newEvents + 1,
			newDeliveries: before.newDeliveries + matches.length,
		};
		for (const { subscription, match } of matches) {
			deliveries.push({
				id: newId(now),
				workspace_id: event.workspace_id,
				event_id: event.id,
				subscription_id: subscription.id,
				replay_of: null,
				status: match === 'needs_record' ? 'waiting' : 'pending',
				attempt: 0,
				next_at: now,
				lease_id: null,
				lease_until: null,
				reason: null,
				created_at: now,
				finished_at: null,
			});
		}
	}
	for (const chunk of inChunks(deliveries)) {
		await tx.insertInto('deliveries').values(chunk).execute();
	}
	return accepted;
}

async function insertPayloads(
	tx: Transaction<Tables>,
	rows: ReadonlyArray<{ readonly payload: AcceptedPayload; readonly id: string }>,
	now: number,
): Promise<void> {
	const values = rows.map(({ payload, id }) => ({
		id,
		workspace_id: payload.workspaceId,
		body: payload.body,
		sha256: createHash('sha256').update(payload.body).digest('hex'),
		signed_with: payload.signedWith,
		received_at: now,
	}));
	for (const chunk of inChunks(values)) {
		await tx
			.insertInto('payloads')
			.values(chunk)
			.onConflict((conflict) => conflict.columns(['workspace_id', 'sha256']).doNothing())
			.execute();
	}
}

/** An intent-to-receive check is a correctly signed payload without events. */
async function noteHandshakes(
	tx: Transaction<Tables>,
	payloads: readonly AcceptedPayload[],
	now: number,
): Promise<void> {
	const checked = payloads.filter(({ events }) => events.length === 0);
	if (checked.length === 0) return;
	await tx
		.updateTable('app_keys')
		.set({ handshake_at: now })
		.where('workspace_id', 'in', [...new Set(checked.map(({ workspaceId }) => workspaceId))])
		.execute();
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

function toRow(event: XeroEvent, payload: AcceptedPayload, payloadId: string, now: number) {
	return {
		id: newId(now),
		workspace_id: payload.workspaceId,
		tenant_id: event.tenantId,
		category: event.category,
		change: event.change,
		resource_id: event.resourceId,
		resource_url: event.resourceUrl,
		event_date_utc: event.eventDateUtc,
		occurred_at: event.occurredAt,
		received_at: now,
		source: 'webhook' as const,
		payload_id: payloadId,
		original: JSON.stringify(event.original),
		record: null,
		record_attempt: 0,
		record_lease_id: null,
		record_lease_until: null,
	};
}
