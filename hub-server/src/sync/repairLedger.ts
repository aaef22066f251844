import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import { findEntity } from '../records/xeroEntities';
import { epochOf } from '../records/recordStates';
import { shareSlots } from '../relay/shareSlots';
import { LEASE, newLease, passingOverLocked } from '../work/lease';
import { addUsage, type DayPlans } from './dayPlans';
import type { ClaimedStream, RunPosition } from './Stream';
import type { CallCost, StreamLedger } from './streamLedger';

/** Longer than any trouble of Xero's that passes by itself. */
const AGAIN_AFTER_MS = 6 * 3600_000;

/** How many connections with something due are looked at, at a time. */
const LOOKED_AT = 500;

/**
 * Which repairs of gaps are due, and what became of them: as `StreamLedger`, for runs that no stream has. One
 * that failed waits and begins anew; the gaps of a batch are repaired with the last of its runs.
 */
export function createRepairLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
	readonly dayPlans: Pick<DayPlans, 'budgetOf'>;
}): StreamLedger {
	const { db, engine, now, dayPlans } = deps;

	async function giveBack(
		{ stream, leaseId, repair }: ClaimedStream,
		set: Readonly<Record<string, unknown>>,
		{ calls, bytes }: CallCost,
	): Promise<void> {
		await db.transaction().execute(async (tx) => {
			const held = await tx
				.updateTable('gap_repairs')
				.set((e) => ({
					...LEASE.free,
					calls: e('calls', '+', calls),
					bytes: e('bytes', '+', bytes),
					...set,
				}))
				.where('id', '=', repair?.id ?? '')
				.where('finished_at', 'is', null)
				.where(LEASE.isHeldBy(leaseId))
				.returning('batch_id')
				.executeTakeFirst();
			if (held === undefined) return;
			await addUsage(tx, stream.connectionId, { calls, bytes }, now());
			if (set['finished_at'] !== undefined) await endBatch(tx, held.batch_id, now());
		});
	}

	return {
		async claim({ leaseMs, slots }) {
			const at = now();
			const shares = shareSlots(await dueConnections(db, at), { ...slots, perQueue: 1 });
			const claimed: ClaimedStream[] = [];
			for (const connectionId of shares.keys()) {
				const { freeAt } = await dayPlans.budgetOf(connectionId);
				if (freeAt > at) await postpone(db, { connectionId, freeAt }, at);
				else {
					const one = await db
						.transaction()
						.execute((tx) => claimOne(tx, engine, { connectionId, leaseMs }, at));
					if (one !== undefined) claimed.push(one);
				}
			}
			return claimed;
		},

		goOn: (claimed, position, cost) =>
			giveBack(
				claimed,
				{
					...{ status: 'running', waiting_for: null, error: null, failures: 0 },
					...{ next_at: now(), position: JSON.stringify(position) },
				},
				cost,
			),

		wait: (claimed, { waitingFor, afterMs, error }, cost) =>
			giveBack(
				claimed,
				{
					next_at: now() + afterMs,
					error,
					...(waitingFor === null
						? { failures: claimed.stream.failures + 1 }
						: { status: 'waiting', waiting_for: waitingFor }),
				},
				cost,
			),

		end: (claimed, { error }, cost) =>
			giveBack(
				claimed,
				error === undefined
					? { status: 'succeeded', waiting_for: null, error: null, finished_at: now() }
					: {
							...{ status: 'waiting', waiting_for: null, error, failures: 0 },
							...{ position: null, next_at: now() + AGAIN_AFTER_MS },
						},
				cost,
			),
	};
}

async function dueConnections(db: Kysely<Tables>, at: number) {
	const rows = await db
		.selectFrom('gap_repairs as r')
		.innerJoin('connections as c', 'c.id', 'r.connection_id')
		.select(['r.connection_id as id', 'r.workspace_id as workspaceId'])
		.select((e) => e.fn.min('r.next_at').as('firstAt'))
		.where('r.finished_at', 'is', null)
		.where('r.next_at', '<=', at)
		.where(LEASE.isFree(at, 'r'))
		.where('c.enabled', '=', 1)
		.groupBy(['r.connection_id', 'r.workspace_id'])
		.orderBy('firstAt')
		.limit(LOOKED_AT)
		.execute();
	return rows.map(({ id, workspaceId }) => ({ id, workspaceId, isProbed: false }));
}

async function postpone(
	db: Kysely<Tables>,
	{ connectionId, freeAt }: { readonly connectionId: string; readonly freeAt: number },
	at: number,
): Promise<void> {
	await db
		.updateTable('gap_repairs')
		.set({ status: 'waiting', waiting_for: 'day_budget', error: null, next_at: freeAt })
		.where('connection_id', '=', connectionId)
		.where('finished_at', 'is', null)
		.where('next_at', '<=', at)
		.where(LEASE.isFree(at))
		.execute();
}

async function claimOne(
	tx: Transaction<Tables>,
	engine: Engine,
	{ connectionId, leaseMs }: { readonly connectionId: string; readonly leaseMs: number },
	at: number,
): Promise<ClaimedStream | undefined> {
	const connection = await tx
		.selectFrom('connections')
		.select(['id', 'grant_id', 'record_epoch'])
		.where('id', '=', connectionId)
		.executeTakeFirst();
	const due = await tx
		.selectFrom('gap_repairs')
		.selectAll()
		.where('connection_id', '=', connectionId)
		.where('finished_at', 'is', null)
		.where('next_at', '<=', at)
		.where(LEASE.isFree(at))
		.orderBy('next_at')
		.orderBy('id')
		.limit(1)
		.$call(passingOverLocked(engine))
		.executeTakeFirst();
	if (connection === undefined || due === undefined) return undefined;
	const lease = newLease(at, leaseMs);
	await tx
		.updateTable('gap_repairs')
		.set({
			...LEASE.heldBy(lease),
			...{ next_at: lease.until, status: 'running', waiting_for: null },
		})
		.where('id', '=', due.id)
		.execute();
	const stream = await tx
		.selectFrom('sync_streams')
		.select('baseline_at as baselineAt')
		.where('connection_id', '=', connectionId)
		.where('entity', '=', due.entity)
		.executeTakeFirst();
	return toClaimed(due, {
		leaseId: lease.id,
		grantId: connection.grant_id,
		epoch: epochOf(connection),
		baselineAt: stream?.baselineAt ?? null,
	});
}

/** In the words of a stream, whose steps it takes: a delta that begins with the gap. */
function toClaimed(
	due: Selectable<Tables['gap_repairs']>,
	{
		leaseId,
		grantId,
		epoch,
		baselineAt,
	}: Pick<ClaimedStream, 'leaseId' | 'grantId'> & {
		readonly epoch: string;
		readonly baselineAt: number | null;
	},
): ClaimedStream {
	const entity = findEntity(due.entity);
	if (entity === undefined) throw new Error(`This version of the hub has no entity ${due.entity}.`);
	const { workspace_id: workspaceId, tenant_id: tenantId, since } = due;
	const first: RunPosition = { phase: 'list', at: { since, page: 1 } };
	return {
		leaseId,
		grantId,
		repair: { id: due.id, since },
		position: due.position === null ? first : (JSON.parse(due.position) as RunPosition),
		states: { workspaceId, tenantId, entity: entity.entity, epoch },
		stream: {
			...{ id: due.id, workspaceId, tenantId, entity, since, baselineAt },
			connectionId: due.connection_id,
			...{
				enabled: true,
				plan: { everySeconds: 3600 },
				tellExisting: false,
				sweepConfirmed: false,
			},
			...{
				runId: due.id,
				total: null,
				known: 0,
				knownBytes: 0,
				sweptAt: null,
				noSweepBefore: null,
				countedAt: null,
			},
			...{ failures: due.failures, nextAt: null, createdAt: due.started_at },
		},
		run: {
			...{ id: due.id, kind: 'delta', isBaseline: false, status: 'running' },
			...{ waitingFor: null, resumesAt: null, startedAt: due.started_at, finishedAt: null },
			...{ calls: due.calls, bytes: due.bytes, seen: due.seen, changed: due.told, deleted: 0 },
			...{ missing: null, error: null },
		},
	};
}

/** The gaps are repaired once no run of theirs is left. */
async function endBatch(tx: Transaction<Tables>, batchId: string, at: number): Promise<void> {
	const left = await tx
		.selectFrom('gap_repairs')
		.select('id')
		.where('batch_id', '=', batchId)
		.where('finished_at', 'is', null)
		.limit(1)
		.executeTakeFirst();
	if (left !== undefined) return;
	await tx
		.updateTable('gaps')
		.set({ state: 'repaired', repaired_at: at })
		.where('batch_id', '=', batchId)
		.execute();
}
