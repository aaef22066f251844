import type { Kysely } from 'kysely';
import { endAlertsAbout } from '../alerts/endAlertsAbout';
import type { Clock } from '../clock';
import { newId } from '../database/newId';
import { toPage, type Page, type PageRequest } from '../database/page';
import type { SyncKind, Tables } from '../database/tables';
import { NotFoundError } from '../errors/requestErrors';
import { RunUnderWayError } from '../errors/syncErrors';
import type { XeroEntity } from '../records/xeroEntities';
import { LEASE } from '../work/lease';
import { firstPosition } from './firstPosition';
import { nextRunAt } from './nextRunAt';
import { NEVER, readRun, readStream } from './readStream';
import type { Stream, StreamPlan, SyncRun } from './Stream';

/** What a stream is asked to be. */
export interface StreamWish {
	readonly plan: StreamPlan;
	readonly enabled: boolean;
	readonly tellExisting: boolean;
}

/** What is left out stays as it is. */
export interface StreamChange {
	readonly plan?: StreamPlan | undefined;
	readonly enabled?: boolean | undefined;
	readonly sweepConfirmed?: boolean | undefined;
}

export interface StreamWithRun {
	readonly stream: Stream;
	readonly lastRun: SyncRun | null;
	/** The last one that compared what Xero has with what is known, whatever came of it. */
	readonly lastCount: SyncRun | null;
	/**
	 * A full read that found so much gone that nobody believed it: it waits for a person. Null once a later one
	 * was complete.
	 */
	readonly held: SyncRun | null;
}

/** The streams of workspaces. Another workspace's do not exist for it. */
export interface StreamStore {
	/** @param page `tenantIds`: those of these organisations */
	list(
		workspaceId: string,
		page: PageRequest & { readonly tenantIds?: readonly string[] | undefined },
	): Promise<Page<StreamWithRun>>;
	/** Those of one organisation. */
	ofConnection(workspaceId: string, connectionId: string): Promise<readonly StreamWithRun[]>;
	/** How many the workspace has. */
	count(workspaceId: string): Promise<number>;
	/** @throws NotFoundError */
	get(workspaceId: string, id: string): Promise<StreamWithRun>;
	/** One that exists is answered as it is. */
	create(
		connection: { readonly id: string; readonly workspaceId: string; readonly tenantId: string },
		entity: XeroEntity,
		wish: StreamWish,
	): Promise<{ readonly isNew: boolean; readonly id: string }>;
	/** Switching off ends the run under way; switching on goes on where it was. @throws NotFoundError */
	change(workspaceId: string, id: string, change: StreamChange): Promise<void>;
	/** What was read through it stays known. @throws NotFoundError */
	remove(workspaceId: string, id: string): Promise<void>;
	/**
	 * Begins a run now, of a stream that is switched off too.
	 *
	 * @returns its id
	 * @throws NotFoundError, RunUnderWayError
	 */
	run(
		workspaceId: string,
		id: string,
		kind: SyncKind,
		options: { readonly mayDelete: boolean },
	): Promise<string>;
	/** Newest first. @throws NotFoundError */
	runs(workspaceId: string, id: string, page: PageRequest): Promise<Page<SyncRun>>;
}

export function createStreamStore(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): StreamStore {
	const { db, now } = deps;

	const find = (on: Kysely<Tables>, workspaceId: string, id: string) =>
		on
			.selectFrom('sync_streams')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.where('id', '=', id)
			.executeTakeFirst()
			.then((row) => {
				if (row === undefined) throw new NotFoundError(`The workspace has no sync "${id}".`);
				return row;
			});

	const newestRuns = (streamId: string) =>
		db.selectFrom('sync_runs').selectAll().where('stream_id', '=', streamId).orderBy('id', 'desc');

	async function withLastRuns(streams: readonly Stream[]): Promise<StreamWithRun[]> {
		return Promise.all(
			streams.map(async (stream) => {
				const [last, counted, failedCount] = await Promise.all([
					newestRuns(stream.id).limit(1).executeTakeFirst(),
					newestRuns(stream.id).where('missing', 'is not', null).limit(1).executeTakeFirst(),
					newestRuns(stream.id)
						.where('missing', '<', 0)
						.where('status', '=', 'failed')
						.limit(1)
						.executeTakeFirst(),
				]);
				const sweptAt = stream.sweptAt ?? 0;
				const isHeld = failedCount !== undefined && failedCount.started_at > sweptAt;
				return {
					stream,
					lastRun: last === undefined ? null : readRun(last),
					lastCount: counted === undefined ? null : readRun(counted),
					held: isHeld ? readRun(failedCount) : null,
				};
			}),
		);
	}

	return {
		async list(workspaceId, { tenantIds, cursor, limit }) {
			const rows = await db
				.selectFrom('sync_streams')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.$if(tenantIds !== undefined, (q) => q.where('tenant_id', 'in', tenantIds ?? []))
				.$if(cursor !== undefined, (q) => q.where('id', '<', cursor as string))
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			const { items, nextCursor } = toPage(rows, limit, readStream);
			return { items: await withLastRuns(items), nextCursor };
		},

		async ofConnection(workspaceId, connectionId) {
			const rows = await db
				.selectFrom('sync_streams')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where('connection_id', '=', connectionId)
				.orderBy('id')
				.execute();
			return withLastRuns(rows.map(readStream));
		},

		async count(workspaceId) {
			const { count } = await db
				.selectFrom('sync_streams')
				.select((e) => e.fn.countAll<number>().as('count'))
				.where('workspace_id', '=', workspaceId)
				.executeTakeFirstOrThrow();
			return Number(count);
		},

		async get(workspaceId, id) {
			const [found] = await withLastRuns([readStream(await find(db, workspaceId, id))]);
			return found as StreamWithRun;
		},

		async create(connection, entity, wish) {
			const at = now();
			const made = await db
				.insertInto('sync_streams')
				.values({
					id: newId(at),
					workspace_id: connection.workspaceId,
					connection_id: connection.id,
					tenant_id: connection.tenantId,
					entity: entity.entity,
					enabled: wish.enabled ? 1 : 0,
					...planColumns(wish.plan),
					tell_existing: wish.tellExisting ? 1 : 0,
					...{ since: null, baseline_at: null, run_id: null, position: null, wanted: null },
					...{ swept_at: null, counted_at: null },
					next_at: wish.enabled ? at : NEVER,
					...LEASE.free,
					created_at: at,
				})
				.onConflict((conflict) => conflict.columns(['connection_id', 'entity']).doNothing())
				.returning('id')
				.executeTakeFirst();
			if (made !== undefined) {
				// By hand, of one that was connected before: what starts by itself elsewhere stays off.
				await db
					.updateTable('connections')
					.set({ sync_enabled: 1, sync_begun: 1 })
					.where('id', '=', connection.id)
					.where('sync_begun', '=', 0)
					.where('sync_enabled', '=', 0)
					.execute();
				return { isNew: true, id: made.id };
			}
			const { id } = await db
				.selectFrom('sync_streams')
				.select('id')
				.where('connection_id', '=', connection.id)
				.where('entity', '=', entity.entity)
				.executeTakeFirstOrThrow();
			return { isNew: false, id };
		},

		async change(workspaceId, id, { plan, enabled, sweepConfirmed }) {
			const at = now();
			await db.transaction().execute(async (tx) => {
				const before = readStream(await find(tx, workspaceId, id));
				const isOn = enabled ?? before.enabled;
				const starts = isOn && !before.enabled;
				const replans = isOn && plan !== undefined && before.runId === null;
				await tx
					.updateTable('sync_streams')
					.set({
						...(plan !== undefined && planColumns(plan)),
						...(sweepConfirmed !== undefined && { sweep_confirmed: sweepConfirmed ? 1 : 0 }),
						enabled: isOn ? 1 : 0,
						...(replans && { next_at: nextRunAt(plan, at) }),
						...(starts && { next_at: at }),
						...(!isOn && { ...LEASE.free, run_id: null, next_at: NEVER }),
					})
					.where('id', '=', id)
					.execute();
				if (!isOn) await endAlertsAbout(tx, [id], at);
				if (!isOn && before.runId !== null) {
					await tx
						.updateTable('sync_runs')
						.set({ status: 'failed', finished_at: at, waiting_for: null, error: SWITCHED_OFF })
						.where('id', '=', before.runId)
						.execute();
				}
			});
		},

		async remove(workspaceId, id) {
			await find(db, workspaceId, id);
			await db.transaction().execute(async (tx) => {
				await tx.deleteFrom('sync_streams').where('id', '=', id).execute();
				await endAlertsAbout(tx, [id], now());
			});
		},

		async run(workspaceId, id, kind, { mayDelete }) {
			const at = now();
			return db.transaction().execute(async (tx) => {
				const row = await find(tx, workspaceId, id);
				if (row.run_id !== null) throw new RunUnderWayError(row.run_id);
				const runId = newId(at);
				const goesOn = kind === 'delta' && row.position !== null;
				const first = firstPosition(kind, readStream(row));
				const { numUpdatedRows } = await tx
					.updateTable('sync_streams')
					.set({
						run_id: runId,
						...(!goesOn && {
							position: JSON.stringify({ ...first, ...(mayDelete && { mayDelete }) }),
						}),
						next_at: at,
					})
					.where('id', '=', id)
					.where('run_id', 'is', null)
					.executeTakeFirst();
				if (numUpdatedRows === 0n) throw new RunUnderWayError('');
				await tx
					.insertInto('sync_runs')
					.values({
						id: runId,
						stream_id: id,
						kind,
						is_baseline: row.baseline_at === null ? 1 : 0,
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
				return runId;
			});
		},

		async runs(workspaceId, id, { cursor, limit }) {
			await find(db, workspaceId, id);
			const rows = await db
				.selectFrom('sync_runs')
				.selectAll()
				.where('stream_id', '=', id)
				.$if(cursor !== undefined, (q) => q.where('id', '<', cursor as string))
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			return toPage(rows, limit, readRun);
		},
	};
}

const SWITCHED_OFF = 'The sync was switched off.';

function planColumns(plan: StreamPlan) {
	return 'everySeconds' in plan
		? { every_seconds: plan.everySeconds, cron: null, time_zone: null }
		: { every_seconds: null, cron: plan.cron, time_zone: plan.timeZone };
}
