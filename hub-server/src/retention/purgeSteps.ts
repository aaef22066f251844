import { sql, type Kysely, type Transaction } from 'kysely';
import type { Engine } from '../database/engine';
import { firstIdAt } from '../database/newId';
import type { Tables } from '../database/tables';
import { subtractUsage, sumUsage } from '../events/keptUsage';
import { OWED } from '../subscriptions/owed';

/** What one small transaction of the purge is about. */
export interface PurgeRound {
	/** What is older than this goes, where nothing is owed of it; epoch milliseconds. */
	readonly before: number;
	/** Where the last step of this walk ended; undefined at its beginning. */
	readonly after: string | undefined;
	/** Rows that are looked at, and so the most that go. */
	readonly limit: number;
	/** Only of this workspace. Default: of all. */
	readonly workspaceId?: string | undefined;
}

export interface PurgeStepResult {
	readonly purged: number;
	/** Where to go on; undefined when nothing older than `before` is left to look at. */
	readonly next: string | undefined;
}

/**
 * Purges some of one kind, each step in a transaction of its own that reads and writes `limit` rows at
 * most, by way of an index. What a delivery that is pending or waiting needs stays.
 */
export type PurgeStep = (round: PurgeRound) => Promise<PurgeStepResult>;

export type PurgeKind =
	| 'savedItems'
	| 'payloads'
	| 'records'
	| 'attempts'
	| 'deliveries'
	| 'events'
	| 'syncRuns'
	| 'gaps'
	| 'pushes';

/** In the order in which they must run: what hangs on a row goes before it. */
export function createPurgeSteps(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
}): Readonly<Record<PurgeKind, PurgeStep>> {
	const { db, engine } = deps;
	const inTransaction =
		(
			step: (
				tx: Transaction<Tables>,
				round: PurgeRound,
				engine: Engine,
			) => Promise<PurgeStepResult>,
		) =>
		(round: PurgeRound) =>
			db.transaction().execute((tx) => step(tx, round, engine));
	return {
		savedItems: inTransaction(purgeSavedItems),
		payloads: inTransaction(purgePayloads),
		records: inTransaction(purgeRecords),
		attempts: inTransaction(purgeAttempts),
		deliveries: inTransaction(purgeDeliveries),
		events: inTransaction(purgeEvents),
		syncRuns: inTransaction(purgeSyncRuns),
		gaps: inTransaction(purgeGaps),
		pushes: inTransaction(purgePushes),
	};
}

async function purgeSavedItems(
	tx: Transaction<Tables>,
	{ before, after, limit, workspaceId }: PurgeRound,
): Promise<PurgeStepResult> {
	const seen = await tx
		.selectFrom('saved_items')
		.select('id')
		.where('id', '>', after ?? '')
		.where('id', '<', firstIdAt(before))
		.$if(workspaceId !== undefined, (q) => q.where('workspace_id', '=', workspaceId as string))
		.orderBy('id')
		.limit(limit)
		.execute();
	if (seen.length > 0) await tx.deleteFrom('saved_items').where('id', 'in', idsOf(seen)).execute();
	return { purged: seen.length, next: nextOf(seen, limit) };
}

/** Only those that were routed: what is left in the inbox, or was put aside there, is owed too. */
async function purgePayloads(
	tx: Transaction<Tables>,
	{ before, after, limit, workspaceId }: PurgeRound,
): Promise<PurgeStepResult> {
	const seen = await tx
		.selectFrom('payloads')
		.select(['id', 'workspace_id', 'received_at', 'routed_at', 'put_aside_at'])
		.where('id', '>', Number(after ?? 0))
		.orderBy('id')
		.limit(limit)
		.execute();
	const old = seen.filter((row) => row.received_at < before);
	const done = old.filter(
		(row) =>
			row.routed_at !== null &&
			row.put_aside_at === null &&
			(workspaceId === undefined || row.workspace_id === workspaceId),
	);
	const owed = new Set(
		done.length === 0
			? []
			: (
					await tx
						.selectFrom('events as e')
						.innerJoin('deliveries as d', 'd.event_id', 'e.id')
						.select('e.payload_id')
						.distinct()
						.where('e.payload_id', 'in', idsOf(done))
						.where('d.status', 'in', OWED)
						.execute()
				).map((row) => row.payload_id),
	);
	const free = done.filter(({ id }) => !owed.has(id));
	if (free.length > 0) await tx.deleteFrom('payloads').where('id', 'in', idsOf(free)).execute();
	const isEnd = old.length < limit;
	return { purged: free.length, next: isEnd ? undefined : String(old.at(-1)?.id) };
}

/** A replay that wants a record which is gone has it read again. */
async function purgeRecords(
	tx: Transaction<Tables>,
	round: PurgeRound,
	engine: Engine,
): Promise<PurgeStepResult> {
	const seen = await lockOldEvents(tx, round, engine)
		.select(sql<number>`octet_length(record)`.as('bytes'))
		.where('record', 'is not', null)
		.execute();
	const owed = await eventsWith(tx, idsOf(seen), 'owed');
	const free = seen.filter(({ id, received_at: at }) => at < round.before && !owed.has(id));
	if (free.length > 0) {
		await tx
			.updateTable('events')
			.set({ record: null, record_state: 'not_needed' })
			.where('id', 'in', idsOf(free))
			.execute();
		await subtractUsage(tx, usageOf(free, 0));
	}
	return { purged: free.length, next: nextOf(seen, round.limit) };
}

async function purgeAttempts(
	tx: Transaction<Tables>,
	{ before, after, limit, workspaceId }: PurgeRound,
): Promise<PurgeStepResult> {
	const seen = await tx
		.selectFrom('attempts as a')
		.innerJoin('deliveries as d', 'd.id', 'a.delivery_id')
		.select(['a.id', 'a.started_at', 'd.status', 'd.workspace_id'])
		.where('a.id', '>', after ?? '')
		.where('a.id', '<', firstIdAt(before))
		.orderBy('a.id')
		.limit(limit)
		.execute();
	const free = seen.filter(
		(row) =>
			row.started_at < before &&
			!isOwed(row.status) &&
			(workspaceId === undefined || row.workspace_id === workspaceId),
	);
	if (free.length > 0) await tx.deleteFrom('attempts').where('id', 'in', idsOf(free)).execute();
	return { purged: free.length, next: nextOf(seen, limit) };
}

async function purgeDeliveries(
	tx: Transaction<Tables>,
	{ before, after, limit, workspaceId }: PurgeRound,
): Promise<PurgeStepResult> {
	const seen = await tx
		.selectFrom('deliveries as d')
		.select(['d.id', 'd.status', 'd.finished_at'])
		.select((e) =>
			e
				.exists(
					e
						.selectFrom('attempts as a')
						.select(sql.lit(1).as('one'))
						.whereRef('a.delivery_id', '=', 'd.id'),
				)
				.as('was_attempted'),
		)
		.where('d.id', '>', after ?? '')
		.where('d.id', '<', firstIdAt(before))
		.$if(workspaceId !== undefined, (q) => q.where('d.workspace_id', '=', workspaceId as string))
		.orderBy('d.id')
		.limit(limit)
		.execute();
	const free = seen.filter(
		(row) =>
			!isOwed(row.status) &&
			(row.finished_at ?? 0) < before &&
			// Their attempts went before, but for those of late: this one's turn comes with theirs.
			!Number(row.was_attempted),
	);
	if (free.length > 0) await tx.deleteFrom('deliveries').where('id', 'in', idsOf(free)).execute();
	return { purged: free.length, next: nextOf(seen, limit) };
}

/** Those that no delivery is left of. */
async function purgeEvents(
	tx: Transaction<Tables>,
	round: PurgeRound,
	engine: Engine,
): Promise<PurgeStepResult> {
	const seen = await lockOldEvents(tx, round, engine)
		.select(sql<number>`octet_length(original) + coalesce(octet_length(record), 0)`.as('bytes'))
		.execute();
	const delivered = await eventsWith(tx, idsOf(seen), 'any');
	const free = seen.filter(({ id, received_at: at }) => at < round.before && !delivered.has(id));
	if (free.length > 0) {
		await tx.deleteFrom('events').where('id', 'in', idsOf(free)).execute();
		await subtractUsage(tx, usageOf(free, 1));
	}
	return { purged: free.length, next: nextOf(seen, round.limit) };
}

/** The last of each stream stays: it says how the stream is. */
async function purgeSyncRuns(
	tx: Transaction<Tables>,
	{ before, after, limit, workspaceId }: PurgeRound,
): Promise<PurgeStepResult> {
	const seen = await tx
		.selectFrom('sync_runs as r')
		.innerJoin('sync_streams as s', 's.id', 'r.stream_id')
		.select(['r.id', 'r.finished_at as finishedAt'])
		.select((e) =>
			e
				.exists(
					e
						.selectFrom('sync_runs as later')
						.select(sql.lit(1).as('one'))
						.whereRef('later.stream_id', '=', 'r.stream_id')
						.whereRef('later.id', '>', 'r.id'),
				)
				.as('hasLater'),
		)
		.where('r.id', '>', after ?? '')
		.where('r.id', '<', firstIdAt(before))
		.$if(workspaceId !== undefined, (q) => q.where('s.workspace_id', '=', workspaceId as string))
		.orderBy('r.id')
		.limit(limit)
		.execute();
	const free = seen.filter(
		({ finishedAt, hasLater }) => finishedAt !== null && finishedAt < before && Number(hasLater),
	);
	if (free.length > 0) await tx.deleteFrom('sync_runs').where('id', 'in', idsOf(free)).execute();
	return { purged: free.length, next: nextOf(seen, limit) };
}

/** Those that could not be repaired too: what was missed so long ago is not kept any more. */
async function purgeGaps(
	tx: Transaction<Tables>,
	{ before, after, limit, workspaceId }: PurgeRound,
): Promise<PurgeStepResult> {
	const seen = await tx
		.selectFrom('gaps')
		.select(['id', 'batch_id as batch'])
		.where('id', '>', after ?? '')
		.where('id', '<', firstIdAt(before))
		.$if(workspaceId !== undefined, (q) => q.where('workspace_id', '=', workspaceId as string))
		.orderBy('id')
		.limit(limit)
		.execute();
	if (seen.length === 0) return { purged: 0, next: undefined };
	await tx.deleteFrom('gaps').where('id', 'in', idsOf(seen)).execute();
	const batches = [...new Set(seen.flatMap(({ batch }) => batch ?? []))];
	if (batches.length > 0) {
		await tx
			.deleteFrom('gap_repairs')
			.where('batch_id', 'in', batches)
			.where((e) =>
				e.not(
					e.exists(
						e
							.selectFrom('gaps as g')
							.select('g.id')
							.whereRef('g.batch_id', '=', 'gap_repairs.batch_id'),
					),
				),
			)
			.execute();
	}
	return { purged: seen.length, next: nextOf(seen, limit) };
}

/** Those that have finished, with their records; their links stay. */
async function purgePushes(
	tx: Transaction<Tables>,
	{ before, after, limit, workspaceId }: PurgeRound,
): Promise<PurgeStepResult> {
	const seen = await tx
		.selectFrom('pushes')
		.select(['id', 'finished_at as finishedAt'])
		.where('id', '>', after ?? '')
		.where('id', '<', firstIdAt(before))
		.$if(workspaceId !== undefined, (q) => q.where('workspace_id', '=', workspaceId as string))
		.orderBy('id')
		// Each has 500 records at most.
		.limit(Math.ceil(limit / RECORDS_OF_A_PUSH))
		.execute();
	const old = seen.filter(({ finishedAt }) => finishedAt !== null && finishedAt < before);
	if (old.length > 0) await tx.deleteFrom('pushes').where('id', 'in', idsOf(old)).execute();
	return { purged: old.length, next: seen.at(-1)?.id };
}

const RECORDS_OF_A_PUSH = 100;

/** The events that a round looks at, in their order; locked, so that no replay comes in between. */
function lockOldEvents(
	tx: Transaction<Tables>,
	{ before, after, limit, workspaceId }: PurgeRound,
	engine: Engine,
) {
	return tx
		.selectFrom('events')
		.select(['id', 'workspace_id', 'received_at'])
		.where('id', '>', after ?? '')
		.where('id', '<', firstIdAt(before))
		.$if(workspaceId !== undefined, (q) => q.where('workspace_id', '=', workspaceId as string))
		.orderBy('id')
		.limit(limit)
		.$if(engine === 'postgres', (q) => q.forUpdate());
}

/** Those of the events that have deliveries of that sort. */
async function eventsWith(
	tx: Transaction<Tables>,
	eventIds: readonly string[],
	sort: 'owed' | 'any',
): Promise<ReadonlySet<string>> {
	if (eventIds.length === 0) return new Set();
	const rows = await tx
		.selectFrom('deliveries')
		.select('event_id')
		.distinct()
		.where('event_id', 'in', [...eventIds])
		.$if(sort === 'owed', (q) => q.where('status', 'in', OWED))
		.execute();
	return new Set(rows.map((row) => row.event_id));
}

function isOwed(status: Tables['deliveries']['status']): boolean {
	return (OWED as readonly string[]).includes(status);
}

function idsOf<Id>(rows: readonly { readonly id: Id }[]): Id[] {
	return rows.map(({ id }) => id);
}

function nextOf(seen: readonly { readonly id: string }[], limit: number): string | undefined {
	return seen.length < limit ? undefined : seen.at(-1)?.id;
}

function usageOf(
	rows: readonly { readonly workspace_id: string; readonly bytes: number }[],
	events: 0 | 1,
) {
	return sumUsage(
		rows.map(({ workspace_id: workspaceId, bytes }) => ({
			workspaceId,
			events,
			bytes: Number(bytes),
		})),
	);
}
