import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '../clock';
import { parseWebhookPayload, type XeroEvent } from './parseWebhookPayload';
import type { Engine } from '../database/engine';
import { appendEvents, type Appended, type NewEvent } from '../events/appendEvents';
import { findHolders } from '../events/findHolders';
import { provenApps } from '../workspaces/provenApps';
import type { Tables } from '../database/tables';

/** What routing some payloads came to; an event counts once for each workspace that it went to. */
export interface Routed extends Appended {
	readonly payloads: number;
	/** What in the payloads could not be read; their bytes are kept. */
	readonly faults: readonly string[];
}

/**
 * Turns payloads into events, each kept once, and into the deliveries that are due because of them.
 *
 * Routes the oldest payloads that wait, all or none, in one transaction: a crash leaves them waiting.
 * Several processes may route at once; none sees another's payloads. An event goes to the workspaces
 * that hold its organisation; how it is kept and planned there, `appendEvents` says.
 */
export type RoutePayloads = (maxPayloads: number) => Promise<Routed>;

export function createRoutePayloads(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
}): RoutePayloads {
	const { db, engine, now } = deps;

	return (maxPayloads) =>
		db.transaction().execute(async (tx) => {
			const payloads = await tx
				.selectFrom('payloads')
				.selectAll()
				.where('routed_at', 'is', null)
				.orderBy('id')
				.limit(maxPayloads)
				.$if(engine === 'postgres', (q) => q.forUpdate().skipLocked())
				.execute();
			if (payloads.length === 0) return NOTHING_ROUTED;

			const routed = await route(tx, payloads, now());
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
		});
}

const NOTHING_ROUTED: Routed = { payloads: 0, newEvents: 0, newDeliveries: 0, due: [], faults: [] };

type Payload = Selectable<Tables['payloads']>;

async function route(
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

	const appended = await appendEvents(tx, await addressed(tx, parsed), now);
	return { payloads: payloads.length, ...appended, faults };
}

/** Each event for each workspace that it goes to. */
async function addressed(
	tx: Transaction<Tables>,
	parsed: readonly { readonly payload: Payload; readonly events: readonly XeroEvent[] }[],
): Promise<NewEvent[]> {
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
		holdersOf(payload.workspace_id, event.tenantId).map(({ workspaceId, enabled }) => ({
			...event,
			workspaceId,
			receivedAt: payload.received_at,
			source: 'webhook' as const,
			payloadId: payload.id,
			isSwitchedOff: !enabled,
		})),
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
