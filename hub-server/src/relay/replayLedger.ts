import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Engine } from '../database/engine';
import { newId } from '../database/newId';
import type { ReplayStatus, Tables } from '../database/tables';
import { ConflictError, NotFoundError } from '../errors/requestErrors';
import { insertDeliveries } from '../events/insertDeliveries';
import { decideDelivery } from '../events/planDelivery';
import { readStoredEvent } from '../events/readStoredEvent';
import { SWITCHED_OFF } from '../events/switchedOff';
import { readSubscription } from '../subscriptions/readSubscription';
import { firstAttempt, type Ring } from '../work/Doorbell';
import { passingOverLocked } from '../work/lease';
import { bringForward } from './bringForward';
import { byIndexOnly } from './byIndexOnly';
import { decideRepeat, type RepeatFilter } from './decideRepeat';
import { hasMoreDueThan } from './dueQueues';
import { countOf, pastDeliveries, planReplayPart, tenantsOff, writeReplayPart } from './replayStep';

export interface ReplayRange {
	/** Epoch milliseconds, inclusive: when the hub received the events. */
	readonly since: number;
	/** Exclusive. What is received after the replay was asked for is not part of it. */
	readonly until: number;
	/** Which deliveries, by how they ended; absent: every event that matches now. */
	readonly status?: RepeatFilter | undefined;
	readonly subscriptionId?: string | undefined;
	readonly tenantId?: string | undefined;
}

/** A replay of a time range, and how far it is. */
export interface Replay {
	readonly id: string;
	readonly status: ReplayStatus;
	/** To be sent by it, as counted when it began; while it is `counting`, so far. */
	readonly deliveries: number;
	/** Those that it has made so far. */
	readonly made: number;
	/** ISO 8601, UTC, as are the others. */
	readonly since: string;
	readonly until: string;
	readonly createdAt: string;
	readonly finishedAt: string | null;
}

/**
 * New deliveries of old events. The event keeps its id; each replay is a delivery of its own, named as
 * its subscription asks now and as its record, where it was read since, shows. What is under way
 * already is brought forward and not made twice.
 */
export interface ReplayLedger {
	/**
	 * @returns the delivery that goes out: a new one, or the one that was under way
	 * @throws NotFoundError, or ConflictError when subscription or organisation are gone or off
	 */
	replayDelivery(workspaceId: string, deliveryId: string): Promise<{ readonly id: string }>;
	/**
	 * Each event of the range to every subscription that asks for it now, those that are parked included;
	 * durable once resolved. What it comes to is counted first, and the first part of it is made at once;
	 * `step` makes the rest. What is not sent after all (the organisation is switched off, or the record
	 * is of a kind that was not asked for) is written down as such, and not counted.
	 */
	start(workspaceId: string, range: ReplayRange): Promise<Replay>;
	/** How many of the workspace have not ended. */
	underWay(workspaceId: string): Promise<number>;
	/** @throws NotFoundError */
	replay(workspaceId: string, id: string): Promise<Replay>;
	/** Those that have not ended, and of the others the newest, the newest first. */
	recent(workspaceId: string, limit: number): Promise<readonly Replay[]>;
	/** What it has made stays; one that has ended stays as it is. @throws NotFoundError */
	cancel(workspaceId: string, id: string): Promise<Replay>;
	/**
	 * Takes the oldest replay of each workspace a step further, each in a transaction of its own. A crash
	 * costs nothing: it goes on from where the last step ended.
	 *
	 * @returns whether any is under way
	 */
	step(): Promise<boolean>;
}

/** Whoever starts a replay is told how large it is, or after so long how large it is so far. */
const COUNT_FOR_MS = 15_000;

/** While so much is due to a subscription that works, a replay adds nothing to it. */
const QUEUE_LIMIT = 1_000;

export function createReplayLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
	/** Told of the deliveries that became due. */
	onDue?(due: readonly Ring[]): void;
	/** Milliseconds that no clock change moves. Default: `performance.now`. Counting rests as long as it works. */
	readonly elapsed?: () => number;
}): ReplayLedger {
	const { db, engine, now, elapsed = () => performance.now() } = deps;

	/** @returns undefined when it has ended, or another process is at it */
	async function stepOf(id: string): Promise<Replay | undefined> {
		const { replay, due } = await db.transaction().execute(async (tx) => {
			const row = await tx
				.selectFrom('replays')
				.selectAll()
				.where('id', '=', id)
				.where('finished_at', 'is', null)
				.$call(passingOverLocked(engine))
				.executeTakeFirst();
			if (!row) return { replay: undefined, due: [] };
			return row.status === 'counting' ? countPart(tx, row, now()) : makePart(tx, row, now());
		});
		deps.onDue?.(due);
		return replay;
	}

	async function find(workspaceId: string, id: string): Promise<Replay> {
		const row = await db
			.selectFrom('replays')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.where('id', '=', id)
			.executeTakeFirst();
		if (!row) throw new NotFoundError(`The workspace has no replay "${id}".`);
		return toReplay(row);
	}

	return {
		async replayDelivery(workspaceId, deliveryId) {
			const { id, ring } = await db
				.transaction()
				.execute((tx) => repeatOne(tx, workspaceId, deliveryId, now()));
			if (ring) deps.onDue?.([ring]);
			return { id };
		},

		async start(workspaceId, range) {
			const id = await addReplay(db, workspaceId, range, now());
			const began = elapsed();
			for (;;) {
				const stepBegan = elapsed();
				const replay = await stepOf(id);
				if (replay?.status !== 'counting') break;
				if (elapsed() - began > COUNT_FOR_MS) return replay;
				await delay(elapsed() - stepBegan);
			}
			await stepOf(id);
			return find(workspaceId, id);
		},

		async underWay(workspaceId) {
			const { count } = await db
				.selectFrom('replays')
				.select((e) => e.fn.countAll<number>().as('count'))
				.where('workspace_id', '=', workspaceId)
				.where('finished_at', 'is', null)
				.executeTakeFirstOrThrow();
			return Number(count);
		},

		replay: find,

		async recent(workspaceId, limit) {
			const rows = await db
				.selectFrom('replays')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.orderBy((e) => e.case().when('finished_at', 'is', null).then(0).else(1).end())
				.orderBy('id', 'desc')
				.limit(limit)
				.execute();
			return rows.map(toReplay);
		},

		async cancel(workspaceId, id) {
			await db
				.updateTable('replays')
				.set({ status: 'cancelled', finished_at: now() })
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', id)
				.where('finished_at', 'is', null)
				.execute();
			return find(workspaceId, id);
		},

		async step() {
			const oldest = await db
				.selectFrom('replays')
				.select((e) => e.fn.min('id').as('id'))
				.where('finished_at', 'is', null)
				.groupBy('workspace_id')
				.execute();
			for (const { id } of oldest) {
				if (!(await isHeldUp(db, engine, id, now()))) await stepOf(id);
				await delay(0);
			}
			return oldest.length > 0;
		},
	};
}

async function repeatOne(
	tx: Transaction<Tables>,
	workspaceId: string,
	deliveryId: string,
	at: number,
): Promise<{ readonly id: string; readonly ring: Ring | undefined }> {
	const old = await tx
		.selectFrom('deliveries')
		.select(['id', 'event_id', 'subscription_id'])
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', deliveryId)
		.executeTakeFirst();
	if (!old) throw new NotFoundError(`The workspace has no delivery "${deliveryId}".`);
	const subscription = await tx
		.selectFrom('subscriptions')
		.selectAll()
		.where('id', '=', old.subscription_id)
		.where('status', '!=', 'disabled')
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
	const past = (await pastDeliveries(tx, [event.id])).get(event.id) ?? [];
	const repeat = decideRepeat(past.filter((one) => one.subscriptionId === subscription.id));
	if (repeat.kind === 'sooner') {
		const [ring] = await bringForward(tx, [{ ...repeat, eventId: event.id }], at);
		return { id: repeat.id, ring };
	}
	const replay = {
		id: newId(at),
		workspaceId,
		eventId: event.id,
		subscriptionId: subscription.id,
		replayOf: old.id,
		plan: decideDelivery(event, readSubscription(subscription)),
	};
	await insertDeliveries(tx, [replay], at);
	return { id: replay.id, ring: firstAttempt(replay.id) };
}

async function addReplay(
	db: Kysely<Tables>,
	workspaceId: string,
	{ since, until, status, subscriptionId, tenantId }: ReplayRange,
	at: number,
): Promise<string> {
	const id = newId(at);
	await db
		.insertInto('replays')
		.values({
			id,
			workspace_id: workspaceId,
			status: 'counting',
			since,
			until: Math.min(until, at + 1),
			delivery_status: status ?? null,
			subscription_id: subscriptionId ?? null,
			tenant_id: tenantId?.toLowerCase() ?? null,
			...START,
			position_at: since,
			deliveries: 0,
			made: 0,
			created_at: at,
			finished_at: null,
		})
		.execute();
	return id;
}

/** Before every id. */
const START = { position_id: '' };

type ReplayRow = Selectable<Tables['replays']>;

async function countPart(tx: Transaction<Tables>, row: ReplayRow, at: number) {
	const part = await planReplayPart(tx, scopeOf(row), at);
	const replay = await writeRow(tx, row, {
		deliveries: row.deliveries + countOf(part),
		...(part.isLast
			? { status: 'running' as const, position_at: row.since, ...START }
			: positionColumns(part.position)),
	});
	return { replay, due: [] };
}

async function makePart(tx: Transaction<Tables>, row: ReplayRow, at: number) {
	const part = await planReplayPart(tx, scopeOf(row), at);
	const due = await writeReplayPart(tx, part, at);
	const replay = await writeRow(tx, row, {
		made: row.made + countOf(part),
		...positionColumns(part.position),
		...(part.isLast && { status: 'finished' as const, finished_at: at }),
	});
	return { replay, due };
}

async function writeRow(
	tx: Transaction<Tables>,
	{ id }: ReplayRow,
	change: Partial<ReplayRow>,
): Promise<Replay> {
	const row = await tx
		.updateTable('replays')
		.set(change)
		.where('id', '=', id)
		.returningAll()
		.executeTakeFirstOrThrow();
	return toReplay(row);
}

function positionColumns(position: { readonly receivedAt: number; readonly eventId: string }) {
	return { position_at: position.receivedAt, position_id: position.eventId };
}

function scopeOf(row: ReplayRow) {
	return {
		workspaceId: row.workspace_id,
		until: row.until,
		filter: row.delivery_status ?? undefined,
		subscriptionId: row.subscription_id ?? undefined,
		tenantId: row.tenant_id ?? undefined,
		position: { receivedAt: row.position_at, eventId: row.position_id },
	};
}

function toReplay(row: ReplayRow): Replay {
	const iso = (at: number) => new Date(at).toISOString();
	return {
		id: row.id,
		status: row.status,
		deliveries: row.deliveries,
		made: row.made,
		since: iso(row.since),
		until: iso(row.until),
		createdAt: iso(row.created_at),
		finishedAt: row.finished_at === null ? null : iso(row.finished_at),
	};
}

/**
 * A subscription that works gets what is new between what is old. One that is paused or parked, or
 * is pulled from, holds nobody up: what it gets waits anyway.
 */
function isHeldUp(db: Kysely<Tables>, engine: Engine, replayId: string, at: number) {
	return byIndexOnly(db, engine, async (on) => {
		const held = await on
			.selectFrom('replays as r')
			.innerJoin('subscriptions as s', 's.workspace_id', 'r.workspace_id')
			.select('s.id')
			.where('r.id', '=', replayId)
			.where('r.status', '=', 'running')
			.where('s.status', '=', 'active')
			.where('s.delivery', '=', 'push')
			.where((e) => e.or([e('s.paused_until', 'is', null), e('s.paused_until', '<=', at)]))
			.where((e) =>
				e.or([e('r.subscription_id', 'is', null), e('r.subscription_id', '=', e.ref('s.id'))]),
			)
			.where(hasMoreDueThan(engine, QUEUE_LIMIT, at))
			.limit(1)
			.executeTakeFirst();
		return held !== undefined;
	});
}
