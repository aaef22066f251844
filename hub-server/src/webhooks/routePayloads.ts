import { sql, type Kysely, type Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Engine } from '../database/engine';
import { isLedgerFault } from '../database/isLedgerFault';
import type { Tables } from '../database/tables';
import { appendEvents, type Appended, type NewEvent } from '../events/appendEvents';
import { findHolders, type HoldersOf } from '../events/findHolders';
import { noteReenabled } from '../gaps/noteReenabled';
import { noteSequences } from '../gaps/noteSequences';
import { shareRecords } from '../records/holdRecords';
import { countActiveWishes } from '../subscriptions/countActiveWishes';
import { passingOverLocked } from '../work/lease';
import { provenApps } from '../workspaces/provenApps';
import { parseWebhookPayload, type XeroEvent } from './parseWebhookPayload';
import { lightFirst, type Turn } from './lightFirst';
import { portionOut } from './portionOut';
import { createWaitingPayloads } from './waitingPayloads';

/** What one round of routing came to; an event counts once for each workspace that it went to. */
export interface Routed extends Appended {
	/** Payloads that are done with: routed, or put aside. */
	readonly payloads: number;
	/** Why payloads were put aside; their bytes are kept. */
	readonly faults: readonly string[];
	/** Whether another round will find something. */
	readonly isMoreWaiting: boolean;
}

/**
 * Turns payloads into events, each kept once, and into the deliveries that are due because of them.
 *
 * One round is one transaction, and short: workspaces take turns, a long payload is routed in several
 * rounds, and a crash leaves what is not done waiting. Several processes may route at once; none sees
 * another's payloads. An event goes to the workspaces that hold its organisation; how it is kept and
 * planned there, `appendEvents` says.
 *
 * What of a payload cannot be read is put aside with its fault, and the rest of it is routed. When a
 * round fails for another reason than the ledger, each of its payloads is routed alone, and the one that
 * fails again is put aside.
 *
 * @throws when the ledger cannot be used: everything stays waiting
 */
export type RoutePayloads = (maxPayloads: number) => Promise<Routed>;

/** Rows that a round writes: 20 ms to 30 ms on either engine, and rarely 100 ms. */
const ROWS_A_ROUND = 400;

/** So few that each has a share in which whole payloads fit. */
const WORKSPACES_A_ROUND = 10;

/** Read into memory and parsed in one go; one payload has at most as many. */
const BYTES_A_ROUND = 1_048_576;

export function createRoutePayloads(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
}): RoutePayloads {
	const { db, engine, now } = deps;
	const waiting = createWaitingPayloads(db);
	let lastServed = '';
	let turn: Turn = 'light';

	async function routeAlone(id: number): Promise<Routed> {
		try {
			return await db.transaction().execute(async (tx) => {
				const payloads = await lockWaiting(tx, engine, [id]);
				return routeTogether(tx, engine, payloads, now(), 'light');
			});
		} catch (cause) {
			if (isLedgerFault(cause)) throw cause;
			const fault = faultOf(cause);
			await putAside(db, id, fault, now());
			return { ...NOTHING_ROUTED, payloads: 1, faults: [`payload-${id}: ${fault}`] };
		}
	}

	return async function routePayloads(maxPayloads) {
		const turns = await waiting.workspaces(lastServed, WORKSPACES_A_ROUND);
		if (turns.length === 0) return NOTHING_ROUTED;
		const share = Math.max(1, Math.floor(maxPayloads / turns.length));
		lastServed = turns.at(-1) ?? lastServed;

		let taken: readonly number[] = [];
		let isMoreWaiting = turns.length === WORKSPACES_A_ROUND;
		try {
			const { next, ...routed } = await db.transaction().execute(async (tx) => {
				const found = await takeFairly(tx, engine, turns, share);
				taken = found.ids;
				isMoreWaiting ||= found.isMoreWaiting;
				return routeTogether(tx, engine, await lockWaiting(tx, engine, taken), now(), turn);
			});
			turn = next;
			return { ...routed, isMoreWaiting: isMoreWaiting || routed.isMoreWaiting };
		} catch (cause) {
			if (isLedgerFault(cause) || taken.length === 0) throw cause;
			const alone = [];
			for (const id of taken) alone.push(await routeAlone(id));
			return { ...alone.reduce(together), isMoreWaiting: true };
		}
	};
}

const NOTHING_ROUTED: Routed = {
	payloads: 0,
	newEvents: 0,
	newDeliveries: 0,
	due: [],
	faults: [],
	isMoreWaiting: false,
};

function together(one: Routed, other: Routed): Routed {
	return {
		payloads: one.payloads + other.payloads,
		newEvents: one.newEvents + other.newEvents,
		newDeliveries: one.newDeliveries + other.newDeliveries,
		due: [...one.due, ...other.due],
		faults: [...one.faults, ...other.faults],
		isMoreWaiting: one.isMoreWaiting || other.isMoreWaiting,
	};
}

/** The oldest of each workspace, workspace by workspace, as far as the bytes of a round go. */
async function takeFairly(
	tx: Transaction<Tables>,
	engine: Engine,
	workspaceIds: readonly string[],
	share: number,
): Promise<{ readonly ids: readonly number[]; readonly isMoreWaiting: boolean }> {
	const bytesEach = BYTES_A_ROUND / workspaceIds.length;
	const ids: number[] = [];
	let isMoreWaiting = false;
	for (const workspaceId of workspaceIds) {
		const oldest = await tx
			.selectFrom('payloads')
			.select(['id', sql<number>`length(body)`.as('bytes')])
			.where('workspace_id', '=', workspaceId)
			.where('routed_at', 'is', null)
			.orderBy('id')
			.limit(share)
			.$call(passingOverLocked(engine))
			.execute();
		let bytes = 0;
		const fitting = oldest.filter((payload, index) => {
			bytes += payload.bytes;
			return index === 0 || bytes <= bytesEach;
		});
		ids.push(...fitting.map(({ id }) => id));
		isMoreWaiting ||= oldest.length === share || fitting.length < oldest.length;
	}
	return { ids, isMoreWaiting };
}

/** In the order in which they are named. */
async function lockWaiting(
	tx: Transaction<Tables>,
	engine: Engine,
	ids: readonly number[],
): Promise<readonly Payload[]> {
	if (ids.length === 0) return [];
	const rows = await tx
		.selectFrom('payloads')
		.select(['id', 'workspace_id as workspaceId', 'body', 'signed_with as signedWith'])
		.select(['received_at as receivedAt', 'routed_entries as routedEntries'])
		.where('id', 'in', [...ids])
		.where('routed_at', 'is', null)
		.$call(passingOverLocked(engine))
		.execute();
	const byId = new Map(rows.map((row) => [row.id, row]));
	return ids.flatMap((id) => byId.get(id) ?? []);
}

interface Payload {
	readonly id: number;
	readonly workspaceId: string;
	readonly body: Buffer;
	readonly signedWith: 'current' | 'previous';
	readonly receivedAt: number;
	readonly routedEntries: number;
}

async function routeTogether(
	tx: Transaction<Tables>,
	engine: Engine,
	payloads: readonly Payload[],
	now: number,
	turn: Turn,
): Promise<Routed & { readonly next: Turn }> {
	if (payloads.length === 0) return { ...NOTHING_ROUTED, next: 'light' };
	const read = payloads.map((payload) => {
		const { events, faults, sequence } = parseWebhookPayload(payload.body, payload.receivedAt);
		const waiting = events.slice(firstWaiting(events, payload));
		return { payload, events, faults, sequence, waiting };
	});
	// No round takes more of one payload than it may write rows.
	const heads = read.map(({ payload: { workspaceId }, waiting }) => ({
		workspaceId,
		events: waiting.slice(0, ROWS_A_ROUND),
	}));
	const holdersOf = await findHolders(
		tx,
		heads.flatMap(({ workspaceId, events }) =>
			events.map(({ tenantId }) => ({ receiver: workspaceId, tenantId })),
		),
	);
	await shareRecords(
		tx,
		engine,
		heads.flatMap(({ workspaceId: receiver, events }) =>
			events.flatMap(({ tenantId }) =>
				holdersOf(receiver, tenantId).map(({ workspaceId }) => ({ workspaceId, tenantId })),
			),
		),
	);
	const costOf = await createCostOf(tx, heads, holdersOf);
	const { portions, next } = lightFirst(
		heads,
		portionOut(heads, costOf, ROWS_A_ROUND),
		costOf,
		turn,
	);

	const parts = read.map((one, index) => {
		const portion = one.waiting.slice(0, portions[index]);
		return { ...one, portion, isDone: portion.length === one.waiting.length };
	});
	const done = parts.filter(({ isDone }) => isDone);
	await noteHandshakes(
		tx,
		done
			.filter(({ events, faults }) => events.length + faults.length === 0)
			.map(({ payload }) => payload)
			// One by a key that was replaced says nothing about the new one.
			.filter(({ signedWith }) => signedWith === 'current'),
	);
	const appended = await appendEvents(
		tx,
		engine,
		parts.flatMap(({ payload, portion }) => addressed(payload, portion, holdersOf)),
		now,
	);
	await markDone(
		tx,
		done.filter(({ faults }) => faults.length === 0).map(({ payload }) => payload.id),
		now,
	);
	const faulty = done.filter(({ faults }) => faults.length > 0);
	for (const { payload, faults } of faulty) await putAside(tx, payload.id, faults.join('; '), now);
	for (const { payload, portion } of parts.filter(({ isDone }) => !isDone)) {
		const last = portion.at(-1);
		if (last !== undefined) await markDoneUpTo(tx, payload.id, last.place + 1);
	}
	await noteSequences(
		tx,
		engine,
		done
			.toSorted((one, other) => one.payload.id - other.payload.id)
			.flatMap(({ payload: { workspaceId, receivedAt }, sequence }) =>
				sequence === undefined ? [] : [{ ...sequence, workspaceId, receivedAt }],
			),
	);
	return {
		...appended,
		payloads: done.length,
		faults: faulty.map(({ payload, faults }) => `payload-${payload.id}: ${faults.join('; ')}`),
		isMoreWaiting: done.length < parts.length,
		next,
	};
}

function firstWaiting(
	events: readonly XeroEvent[],
	{ routedEntries }: Pick<Payload, 'routedEntries'>,
): number {
	const index = events.findIndex(({ place }) => place >= routedEntries);
	return index === -1 ? events.length : index;
}

/** An event is a row in each workspace that it goes to, and a delivery for each of its subscriptions. */
async function createCostOf(
	tx: Transaction<Tables>,
	heads: ReadonlyArray<{ readonly workspaceId: string; readonly events: readonly XeroEvent[] }>,
	holdersOf: HoldersOf,
): Promise<(event: XeroEvent, workspaceId: string) => number> {
	const holders = heads.flatMap(({ workspaceId, events }) =>
		events.flatMap(({ tenantId }) => holdersOf(workspaceId, tenantId)),
	);
	const wishes = await countActiveWishes(tx, [
		...new Set(holders.map(({ workspaceId }) => workspaceId)),
	]);
	return ({ tenantId }, receiver) =>
		holdersOf(receiver, tenantId).reduce(
			(cost, { workspaceId }) => cost + 1 + (wishes.get(workspaceId) ?? 0),
			0,
		);
}

/** Each event for each workspace that it goes to. */
function addressed(
	payload: Payload,
	events: readonly XeroEvent[],
	holdersOf: HoldersOf,
): readonly NewEvent[] {
	return events.flatMap((event) =>
		holdersOf(payload.workspaceId, event.tenantId).map(({ workspaceId, enabled }) => ({
			...event,
			workspaceId,
			receivedAt: payload.receivedAt,
			source: 'webhook' as const,
			payloadId: payload.id,
			isSwitchedOff: !enabled,
		})),
	);
}

async function markDone(
	tx: Transaction<Tables>,
	ids: readonly number[],
	now: number,
): Promise<void> {
	if (ids.length === 0) return;
	await tx
		.updateTable('payloads')
		.set({ routed_at: now })
		.where('id', 'in', [...ids])
		.execute();
}

async function markDoneUpTo(tx: Transaction<Tables>, id: number, entries: number): Promise<void> {
	await tx.updateTable('payloads').set({ routed_entries: entries }).where('id', '=', id).execute();
}

/** It waits for a person, and no longer to be routed. */
async function putAside(db: Kysely<Tables>, id: number, fault: string, now: number): Promise<void> {
	await db
		.updateTable('payloads')
		.set({ routed_at: now, put_aside_at: now, fault })
		.where('id', '=', id)
		.where('routed_at', 'is', null)
		.execute();
}

/** What is kept of a fault that is not the hub's own sentence: it may quote the payload. */
const MAX_FAULT = 300;

function faultOf(cause: unknown): string {
	const text = cause instanceof Error ? cause.message : String(cause);
	// eslint-disable-next-line no-control-regex -- PostgreSQL takes no NUL, and a line stays a line
	const line = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
	return `it could not be written down: ${line.slice(0, MAX_FAULT)}`;
}

/**
 * An intent-to-receive check is a correctly signed payload without events. It is about the app, so
 * every workspace with its keys learns of it.
 */
async function noteHandshakes(tx: Transaction<Tables>, checks: readonly Payload[]): Promise<void> {
	const receivers = [...new Set(checks.map(({ workspaceId }) => workspaceId))];
	const apps = await provenApps(tx, receivers);
	for (const { workspaceId, receivedAt: at } of checks) {
		await noteReenabled(tx, { workspaceId, clientId: apps.get(workspaceId) }, at);
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
