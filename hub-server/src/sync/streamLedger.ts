import { sql, type Kysely, type Transaction } from 'kysely';
import type { Clock } from '../clock';
import { endAlertsAbout } from '../alerts/endAlertsAbout';
import type { Engine } from '../database/engine';
import { newId } from '../database/newId';
import type { SyncWait, Tables } from '../database/tables';
import { closeGaps } from '../gaps/forgetGaps';
import { countStates, epochOf } from '../records/recordStates';
import { isReadWhole } from '../records/xeroEntities';
import { shareSlots, type SlotLimits } from '../relay/shareSlots';
import { LEASE, newLease, passingOverLocked } from '../work/lease';
import { addUsage, type DayPlans } from './dayPlans';
import { firstPosition } from './firstPosition';
import { nextKind, SWEEP_EVERY_DAYS } from './nextKind';
import { nextRunAt } from './nextRunAt';
import { NEVER, readRun, readStream } from './readStream';
import { RESET as GAPS_RESET } from './beginRepairs';
import { disagreedBefore, noteRunAlerts } from './runAlerts';
import type { ClaimedStream, RunEnding, RunPosition } from './Stream';

/** What a call to Xero cost. */
export interface CallCost {
	readonly calls: number;
	readonly bytes: number;
}

/** Which streams are due, and what became of their runs. */
export interface StreamLedger {
	/**
	 * Takes one due stream of each connection whose turn it is, shared by workspace as `shareSlots` says, and
	 * begins a run where none is under way. A stream that is switched off is taken for a run that was asked for.
	 */
	claim(options: {
		readonly leaseMs: number;
		readonly slots: Omit<SlotLimits, 'perQueue'>;
	}): Promise<ClaimedStream[]>;
	/** The run goes on from there at its next turn, which is now. A lost lease changes nothing. */
	goOn(claimed: ClaimedStream, position: RunPosition, cost: CallCost): Promise<void>;
	/** The run goes on later, from where it is. A lost lease changes nothing. */
	wait(
		claimed: ClaimedStream,
		reason: {
			readonly waitingFor: SyncWait | null;
			readonly afterMs: number;
			readonly error: string;
			/** Where it goes on then; absent: where it was. */
			readonly position?: RunPosition | undefined;
		},
		cost: CallCost,
	): Promise<void>;
	/** Ends the run. A lost lease changes nothing. */
	end(claimed: ClaimedStream, ending: RunEnding, cost: CallCost): Promise<void>;
}

/** How many connections with something due are looked at, at a time. */
const LOOKED_AT = 500;

export function createStreamLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
	readonly dayPlans: DayPlans;
}): StreamLedger {
	const { db, engine, now, dayPlans } = deps;

	async function giveBack(
		{ stream, leaseId, run }: ClaimedStream,
		set: Readonly<Record<string, unknown>>,
		runSet: Readonly<Record<string, unknown>>,
		{ calls, bytes }: CallCost,
		also: (tx: Transaction<Tables>) => Promise<void> = async () => undefined,
	): Promise<void> {
		await db.transaction().execute(async (tx) => {
			const held = await tx
				.updateTable('sync_streams')
				.set({ ...LEASE.free, ...set })
				.where('id', '=', stream.id)
				.where('run_id', '=', run.id)
				.where(LEASE.isHeldBy(leaseId))
				.returning('id')
				.executeTakeFirst();
			if (held === undefined) return;
			await addUsage(tx, stream.connectionId, { calls, bytes }, now());
			await tx
				.updateTable('sync_runs')
				.set((e) => ({ calls: e('calls', '+', calls), bytes: e('bytes', '+', bytes), ...runSet }))
				.where('id', '=', run.id)
				.execute();
			await also(tx);
		});
	}

	return {
		async claim({ leaseMs, slots }) {
			const at = now();
			const shares = shareSlots(await dueConnections(db, at), { ...slots, perQueue: 1 });
			if (shares.size === 0) return [];
			const freeAt = new Map<string, number>();
			for (const connectionId of shares.keys()) {
				freeAt.set(connectionId, (await dayPlans.budgetOf(connectionId)).freeAt);
			}
			return db.transaction().execute(async (tx) => {
				const claimed: ClaimedStream[] = [];
				for (const connectionId of shares.keys()) {
					const wish = { connectionId, leaseMs, freeAt: freeAt.get(connectionId) ?? 0 };
					let one = await claimOne(tx, engine, wish, at);
					// All that is due of it waits with the reason.
					while (one === 'postponed') one = await claimOne(tx, engine, wish, at);
					if (one !== undefined) claimed.push(one);
				}
				return claimed;
			});
		},

		goOn: (claimed, position, cost) =>
			giveBack(
				claimed,
				{ next_at: now(), position: JSON.stringify(position), failures: 0 },
				{ status: 'running', waiting_for: null, resumes_at: null, error: null },
				cost,
			),

		async wait(claimed, { waitingFor, afterMs, error, position }, cost) {
			const resumesAt = now() + afterMs;
			await giveBack(
				claimed,
				{
					next_at: resumesAt,
					failures: claimed.stream.failures + (waitingFor === null ? 1 : 0),
					...(position && { position: JSON.stringify(position) }),
				},
				waitingFor === null
					? { status: 'running', error }
					: { status: 'waiting', waiting_for: waitingFor, resumes_at: resumesAt, error },
				cost,
			);
		},

		async end(claimed, ending, cost) {
			const { stream, run, states } = claimed;
			const at = now();
			const isGood = ending.error === undefined;
			const isFullRead = isGood && ending.sweptBytes !== undefined;
			const { intervals } = await dayPlans.of(stream.connectionId);
			const everySeconds = intervals.get(stream.id);
			const plan = everySeconds === undefined ? stream.plan : { everySeconds };
			// What the daily count or a sweep has interrupted comes at once.
			const isExtra = isGood && run.kind !== 'delta';
			const isCount = isGood && run.kind === 'count';
			const wasOff = isCount && (await disagreedBefore(db, claimed));
			// What changed since the last run explains most differences: it is read, and counted once more.
			const countsSoon = isCount && (ending.missing ?? 0) !== 0 && !wasOff;
			// Deltas go on meanwhile. What is held stays so until a person has looked, or for a month.
			const isSweepLeft = !isGood && run.kind === 'sweep';
			const isCountLeft = !isGood && run.kind === 'count';
			const restDays = ending.isHeld === true ? SWEEP_EVERY_DAYS : 1;
			await giveBack(
				claimed,
				{
					run_id: null,
					...(isGood && { failures: 0 }),
					...(!isGood && { failures: stream.failures + 1 }),
					// Only a delta goes on where it failed.
					...((isGood || run.kind !== 'delta' || ending.beginsAnew === true) && { position: null }),
					...(ending.since !== undefined && {
						since: Math.max(ending.since, stream.since ?? ending.since),
					}),
					...(isGood && ending.isComplete && stream.baselineAt === null && { baseline_at: at }),
					...(isFullRead && {
						swept_at: at,
						no_sweep_before: null,
						known_bytes: ending.sweptBytes,
						known: await countStates(db, states),
					}),
					...(isSweepLeft && { no_sweep_before: at + restDays * DAY_MS }),
					...(isCount && { counted_at: countsSoon ? at - DAY_MS : at }),
					...((countsSoon || isCountLeft) && { wanted: 'delta' }),
					next_at: !stream.enabled ? NEVER : isExtra ? at : nextRunAt(plan, at),
				},
				{
					status: isGood ? 'succeeded' : 'failed',
					waiting_for: null,
					resumes_at: null,
					finished_at: at,
					missing: ending.missing ?? null,
					error: ending.error ?? null,
				},
				cost,
				(tx) => noteRunAlerts(tx, claimed, ending, { disagreedBefore: wasOff, at }),
			);
		},
	};
}

const DAY_MS = 24 * 3600_000;

/** Those that are switched on and have a stream that is due, whose turn came first in front. */
async function dueConnections(db: Kysely<Tables>, at: number) {
	const rows = await db
		.selectFrom('sync_streams as s')
		.innerJoin('connections as c', 'c.id', 's.connection_id')
		.select(['s.connection_id as id', 's.workspace_id as workspaceId'])
		.select((e) => e.fn.min('s.next_at').as('firstAt'))
		.where('s.next_at', '<=', at)
		.where(LEASE.isFree(at, 's'))
		.where('c.enabled', '=', 1)
		.where('c.sync_enabled', '=', 1)
		.groupBy(['s.connection_id', 's.workspace_id'])
		.orderBy('firstAt')
		.limit(LOOKED_AT)
		.execute();
	return rows.map(({ id, workspaceId }) => ({ id, workspaceId, isProbed: false }));
}

async function claimOne(
	tx: Transaction<Tables>,
	engine: Engine,
	{
		connectionId,
		leaseMs,
		freeAt,
	}: { readonly connectionId: string; readonly leaseMs: number; readonly freeAt: number },
	at: number,
): Promise<ClaimedStream | 'postponed' | undefined> {
	const connection = await tx
		.selectFrom('connections')
		.select(['id', 'grant_id', 'record_epoch'])
		.where('id', '=', connectionId)
		.executeTakeFirst();
	const due = await tx
		.selectFrom('sync_streams')
		.selectAll()
		.where('connection_id', '=', connectionId)
		.where('next_at', '<=', at)
		.where(LEASE.isFree(at))
		.orderBy('next_at')
		.orderBy('id')
		.limit(1)
		.$call(passingOverLocked(engine))
		.executeTakeFirst();
	if (connection === undefined || due === undefined) return undefined;

	const waits = freeAt > at;
	const lease = newLease(at, leaseMs);
	const stream = readStream(due);
	const kind = due.wanted ?? nextKind(stream, at);
	const runId = due.run_id ?? newId(at);
	if (due.run_id === null) {
		await tx
			.insertInto('sync_runs')
			.values({
				id: runId,
				stream_id: due.id,
				kind,
				is_baseline: due.baseline_at === null ? 1 : 0,
				status: 'running',
				waiting_for: null,
				resumes_at: null,
				started_at: at,
				finished_at: null,
				...{ calls: 0, bytes: 0, seen: 0, changed: 0, deleted: 0 },
				missing: null,
				error: null,
			})
			.execute();
	}
	// A delta that failed goes on where it was; a full read begins anew, for it must see everything itself.
	const goesOn = due.run_id !== null || (kind === 'delta' && !isReadWhole(stream.entity));
	const position =
		due.position !== null && goesOn
			? (JSON.parse(due.position) as RunPosition)
			: firstPosition(kind, stream);
	await tx
		.updateTable('sync_streams')
		.set({
			...(waits ? LEASE.free : LEASE.heldBy(lease)),
			next_at: waits ? freeAt : lease.until,
			run_id: runId,
			wanted: null,
			position: JSON.stringify(position),
		})
		.where('id', '=', due.id)
		.execute();
	if (waits) {
		await tx
			.updateTable('sync_runs')
			.set({ status: 'waiting', waiting_for: 'day_budget', resumes_at: freeAt, error: HALF_USED })
			.where('id', '=', runId)
			.execute();
		return 'postponed';
	}
	const run = await tx
		.selectFrom('sync_runs')
		.selectAll()
		.where('id', '=', runId)
		.executeTakeFirstOrThrow();
	return {
		leaseId: lease.id,
		stream: { ...stream, runId },
		run: readRun(run),
		position,
		grantId: connection.grant_id,
		states: {
			workspaceId: due.workspace_id,
			tenantId: due.tenant_id,
			entity: stream.entity.entity,
			epoch: epochOf(connection),
		},
	};
}

const HALF_USED =
	'Syncs have used their half of the calls that Xero leaves this organisation a day; the other half stays for workflows.';

/**
 * Forgets what was known of an organisation, for it was reset at Xero: the first run of each of its streams
 * stores and tells nothing again. What was known goes in small steps later.
 */
export async function beginNewEpoch(
	db: Kysely<Tables>,
	{
		workspaceId,
		connectionId,
		tenantId,
	}: Pick<ClaimedStream['stream'], 'workspaceId' | 'connectionId' | 'tenantId'>,
	at: number,
): Promise<void> {
	await db.transaction().execute(async (tx) => {
		await tx
			.updateTable('connections')
			.set({ record_epoch: newId(at) })
			.where('id', '=', connectionId)
			.execute();
		await tx
			.updateTable('sync_runs')
			.set({ status: 'failed', finished_at: at, error: RESET })
			.where('finished_at', 'is', null)
			.where(
				'stream_id',
				'in',
				tx.selectFrom('sync_streams').select('id').where('connection_id', '=', connectionId),
			)
			.execute();
		const streams = await tx
			.updateTable('sync_streams')
			.set({
				...LEASE.free,
				...{ since: null, baseline_at: null, run_id: null, position: null, wanted: null },
				...{
					known: 0,
					known_bytes: 0,
					swept_at: null,
					no_sweep_before: null,
					counted_at: null,
					tell_existing: 0,
				},
				next_at: sql<number>`case when enabled = 1 then ${sql.lit(at)} else ${sql.lit(NEVER)} end`,
			})
			.where('connection_id', '=', connectionId)
			.returning('id')
			.execute();
		await closeGaps(tx, { connectionId, note: GAPS_RESET }, at);
		await endAlertsAbout(
			tx,
			streams.map(({ id }) => id),
			at,
		);
		await tx
			.insertInto('record_purges')
			.values({
				id: newId(at),
				workspace_id: workspaceId,
				tenant_id: tenantId,
				connection_id: null,
				position: null,
			})
			.execute();
	});
}

const RESET =
	'The organisation was reset at Xero: all its records are new. They are read anew, and nothing of it is told.';
