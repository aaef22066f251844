import { sql, type Kysely, type RawBuilder, type Selectable, type Transaction } from 'kysely';
import type { Clock } from '../clock';
import { inChunks } from '../database/inChunks';
import { newId } from '../database/newId';
import { toPage } from '../database/page';
import type { PushItemState, Tables } from '../database/tables';
import { ConflictError, IdempotencyKeyUsedError, NotFoundError } from '../errors/requestErrors';
import type { RecordSealOf } from '../records/recordSeals';
import type { XeroRecord } from '../../protocol/xero';
import { contentHash } from './contentHash';
import type { Push } from './Push';
import type { PushFilter, PushStore } from './PushStore';
import { itemPlace, readPush, readPushItem } from './readPush';

type PushRow = Selectable<Tables['pushes']>;

/** Those in which something is to be done. */
export const OPEN_STATES: readonly PushItemState[] = ['failed', 'unmapped', 'conflict', 'pending'];

const KEY_KEPT_MS = 24 * 3600_000;

export function createPushStore(deps: {
	readonly db: Kysely<Tables>;
	readonly recordSealOf: RecordSealOf;
	readonly now: Clock;
	/** Told that a push is due. */
	onDue?(): void;
}): PushStore {
	const { db, recordSealOf, now } = deps;

	async function find(workspaceId: string, id: string): Promise<PushRow> {
		const row = await db
			.selectFrom('pushes')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.where('id', '=', id)
			.executeTakeFirst();
		if (row === undefined) throw new NotFoundError(`The workspace has no push "${id}".`);
		return row;
	}

	async function show(rows: readonly PushRow[]): Promise<Push[]> {
		const counts = await countsOf(db, rows);
		return rows.map((row) => readPush(row, counts.get(row.id) ?? {}));
	}

	async function get(workspaceId: string, id: string): Promise<Push> {
		const [push] = await show([await find(workspaceId, id)]);
		return push as Push;
	}

	async function itemRow(workspaceId: string, id: string, externalId: string) {
		await find(workspaceId, id);
		const row = await db
			.selectFrom('push_items')
			.selectAll()
			.where('push_id', '=', id)
			.where('external_id', '=', externalId)
			.executeTakeFirst();
		if (row !== undefined) return row;
		throw new NotFoundError(`The push has no record "${externalId}".`);
	}

	/** @returns the push that the key made, where the request is the same */
	async function madeBefore(workspaceId: string, key: string, hash: string) {
		const row = await db
			.selectFrom('pushes')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.where('idempotency_key', '=', key)
			.executeTakeFirst();
		if (row === undefined) return undefined;
		if (row.created_at <= now() - KEY_KEPT_MS) {
			await db
				.updateTable('pushes')
				.set({ idempotency_key: null, request_hash: null })
				.where('id', '=', row.id)
				.execute();
			return undefined;
		}
		if (row.request_hash !== hash) throw new IdempotencyKeyUsedError();
		return row;
	}

	async function insert(
		workspaceId: string,
		push: Omit<Parameters<typeof rowOf>[0], 'id' | 'workspaceId' | 'at'>,
		itemsOf: (tx: Transaction<Tables>, id: string) => Promise<readonly ItemRow[]>,
		alreadyThere: (tx: Transaction<Tables>) => Promise<string | undefined> = async () => undefined,
	): Promise<{ readonly isNew: boolean; readonly push: Push }> {
		const { key, hash } = push;
		const before = key === null ? undefined : await madeBefore(workspaceId, key, hash);
		if (before !== undefined) return { isNew: false, push: await get(workspaceId, before.id) };
		const at = now();
		const id = newId(at);
		let other: string | undefined;
		const isNew = await db.transaction().execute(async (tx) => {
			other = await alreadyThere(tx);
			if (other !== undefined) return false;
			const made = await tx
				.insertInto('pushes')
				.values(rowOf({ ...push, id, workspaceId, at }))
				.onConflict((conflict) => conflict.doNothing())
				.returning('id')
				.executeTakeFirst();
			if (made === undefined) return false;
			for (const chunk of inChunks(await itemsOf(tx, id))) {
				await tx.insertInto('push_items').values(chunk).execute();
			}
			return true;
		});
		if (other !== undefined) return { isNew, push: await get(workspaceId, other) };
		// Two at once with one key: the other one made it.
		if (!isNew) return insert(workspaceId, push, itemsOf, alreadyThere);
		deps.onDue?.();
		return { isNew, push: await get(workspaceId, id) };
	}

	return {
		async create(workspaceId, wish, { cause, idempotencyKey }) {
			const { tenantId, system, entity, records, dryRun, ...options } = wish;
			const seal = await recordSealOf(workspaceId);
			return insert(
				workspaceId,
				{
					...{ kind: 'push', undoOf: null, tenantId, system, entity, dryRun, cause },
					options: JSON.stringify(options),
					records: records.length,
					key: idempotencyKey ?? null,
					hash: contentHash(wish),
				},
				async (_tx, id) =>
					records.map((record, position) => ({
						...NEW_ITEM,
						push_id: id,
						position,
						external_id: record.externalId,
						modified_at: record.modifiedAt,
						next_at: now(),
						fields: seal.sealIn(record.fields, itemPlace({ push_id: id, position }, 'fields')),
					})),
			);
		},

		async list(workspaceId, filter, page) {
			const { cursor, limit } = page;
			const rows = await db
				.selectFrom('pushes')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.$if(cursor !== undefined, (q) => q.where('id', '<', cursor as string))
				.$call((q) => q.where((e) => e.and(conditionsOf(filter))))
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			const shown = new Map((await show(rows)).map((push) => [push.id, push]));
			return toPage(rows, limit, ({ id }) => shown.get(id) as Push);
		},

		get,

		async items(workspaceId, id, { states }, { cursor, limit }) {
			await find(workspaceId, id);
			const seal = await recordSealOf(workspaceId);
			const rows = await db
				.selectFrom('push_items')
				.selectAll()
				.where('push_id', '=', id)
				.$if(cursor !== undefined, (q) => q.where('position', '>', Number(cursor)))
				.$if(states !== undefined, (q) => q.where('state', 'in', [...(states ?? [])]))
				.orderBy('position')
				.limit(limit + 1)
				.execute();
			const shown = rows.slice(0, limit);
			const last = shown.at(-1);
			return {
				items: shown.map((row) => readPushItem(row, seal)),
				nextCursor: rows.length > limit && last !== undefined ? String(last.position) : null,
			};
		},

		async item(workspaceId, id, externalId) {
			const row = await itemRow(workspaceId, id, externalId);
			const seal = await recordSealOf(workspaceId);
			const open = (sealed: string | null, column: 'fields' | 'previous') =>
				sealed === null || sealed === ''
					? null
					: (seal.openIn(sealed, itemPlace(row, column)) as XeroRecord);
			return {
				...readPushItem(row, seal),
				fields: open(row.fields, 'fields'),
				previous: open(row.previous, 'previous'),
				resolution: row.resolution,
			};
		},

		async retry(workspaceId, id, states = OPEN_STATES) {
			const push = await find(workspaceId, id);
			if (push.dry_run === 1) {
				throw new ConflictError(
					'A dry run sent nothing, so there is nothing to repeat. Push again.',
				);
			}
			const count = await takeUp(db, id, now(), sql<boolean>`state in (${sql.join([...states])})`);
			if (count > 0) deps.onDue?.();
			return count;
		},

		async retryAll(workspaceId, filter, state) {
			const ids = await db
				.selectFrom('pushes')
				.select('id')
				.where('workspace_id', '=', workspaceId)
				.where('dry_run', '=', 0)
				.where((e) => e.and(conditionsOf({ ...filter, state })))
				.orderBy('id')
				.execute();
			let records = 0;
			// Each by itself: one transaction for all would hold up everybody else.
			for (const { id } of ids) {
				records += await takeUp(db, id, now(), sql<boolean>`state = ${state}`);
			}
			if (records > 0) deps.onDue?.();
			return { pushes: ids.length, records };
		},

		async resolve(workspaceId, id, externalId, use) {
			const row = await itemRow(workspaceId, id, externalId);
			const seal = await recordSealOf(workspaceId);
			const { detail } = readPushItem(row, seal);
			const inConflict = row.state === 'conflict' && (detail?.conflicts?.length ?? 0) > 0;
			if (!inConflict) {
				throw new ConflictError(
					`The record "${externalId}" has no members that both sides changed. It is ${row.state}: ` +
						'its next step says what to do.',
				);
			}
			await takeUp(db, id, now(), sql<boolean>`position = ${row.position}`, { resolution: use });
			deps.onDue?.();
			return readPushItem(await itemRow(workspaceId, id, externalId), seal);
		},

		async undo(workspaceId, id, { cause, idempotencyKey }) {
			const push = await find(workspaceId, id);
			if (push.kind === 'undo') throw new ConflictError('An undo cannot be undone. Push again.');
			if (push.dry_run === 1) throw new ConflictError('A dry run changed nothing in Xero.');
			if (push.status === 'running') {
				throw new ConflictError('The push still runs. Wait until it has finished, then undo it.');
			}
			const seal = await recordSealOf(workspaceId);
			return insert(
				workspaceId,
				{
					...{ kind: 'undo', undoOf: id, dryRun: false, cause, options: push.options },
					...{ tenantId: push.tenant_id, system: push.system },
					entity: push.entity,
					records: push.records,
					key: idempotencyKey ?? null,
					hash: contentHash({ undoOf: id }),
				},
				async (tx, undoId) => {
					const done = await tx
						.selectFrom('push_items')
						.selectAll()
						.where('push_id', '=', id)
						.where('change', 'in', ['created', 'updated'])
						.where('state', '!=', 'undone')
						.orderBy('position', 'desc')
						.execute();
					return done.map((row, position) => {
						const place = (column: 'fields' | 'previous') =>
							itemPlace({ push_id: undoId, position }, column);
						const moved = (sealed: string, column: 'fields' | 'previous') =>
							seal.sealIn(seal.openIn(sealed, itemPlace(row, column)), place(column));
						return {
							...NEW_ITEM,
							...{ push_id: undoId, position, external_id: row.external_id },
							...{ xero_id: row.xero_id, change: row.change, modified_at: null, next_at: now() },
							fields: moved(row.fields, 'fields'),
							previous: row.previous === null ? null : moved(row.previous, 'previous'),
						};
					});
				},
				async (tx) => {
					// Whoever asks at the same moment waits here, and sees the other's.
					await tx.updateTable('pushes').set({ kind: push.kind }).where('id', '=', id).execute();
					const under = await tx
						.selectFrom('pushes')
						.select('id')
						.where('workspace_id', '=', workspaceId)
						.where('undo_of', '=', id)
						.where('status', '=', 'running')
						.executeTakeFirst();
					return under?.id;
				},
			);
		},

		async usage(workspaceId) {
			const { running } = await db
				.selectFrom('pushes')
				.select((e) => e.fn.countAll<number>().as('running'))
				.where('workspace_id', '=', workspaceId)
				.where('status', '=', 'running')
				.executeTakeFirstOrThrow();
			const { items } = await db
				.selectFrom('pushes')
				.select((e) => e.fn.coalesce(e.fn.sum<number>('records'), sql.lit(0)).as('items'))
				.where('workspace_id', '=', workspaceId)
				.executeTakeFirstOrThrow();
			return { running: Number(running), items: Number(items) };
		},
	};
}

type ItemRow = Selectable<Tables['push_items']>;

const NEW_ITEM = {
	state: 'pending',
	xero_id: null,
	change: null,
	message: null,
	next_step: null,
	resolution: null,
	attempt: 0,
	sent_at: null,
	previous: null,
	detail: null,
} as const;

function rowOf(push: {
	readonly id: string;
	readonly workspaceId: string;
	readonly kind: Push['kind'];
	readonly undoOf: string | null;
	readonly tenantId: string;
	readonly system: string;
	readonly entity: string;
	/** JSON. */
	readonly options: string;
	readonly dryRun: boolean;
	readonly cause: Push['cause'];
	readonly records: number;
	readonly key: string | null;
	readonly hash: string;
	readonly at: number;
}) {
	return {
		id: push.id,
		workspace_id: push.workspaceId,
		tenant_id: push.tenantId,
		kind: push.kind,
		undo_of: push.undoOf,
		system: push.system,
		entity: push.entity,
		options: push.options,
		dry_run: push.dryRun ? 1 : 0,
		workflow: push.cause.workflow,
		node: push.cause.node,
		status: 'running' as const,
		waiting_for: null,
		error: null,
		records: push.records,
		idempotency_key: push.key,
		request_hash: push.key === null ? null : push.hash,
		next_at: push.at,
		lease_id: null,
		lease_until: null,
		created_at: push.at,
		finished_at: null,
	};
}

/** The records come up at once. @returns how many */
async function takeUp(
	db: Kysely<Tables>,
	pushId: string,
	at: number,
	which: RawBuilder<boolean>,
	set: { readonly resolution?: 'xero' | 'external' } = {},
): Promise<number> {
	return db.transaction().execute(async (tx) => {
		// Locks the push: its turn that ends now sees them.
		await tx.updateTable('pushes').set({ next_at: at }).where('id', '=', pushId).execute();
		const { numUpdatedRows } = await tx
			.updateTable('push_items')
			.set({ state: 'pending', message: null, next_step: null, next_at: at, ...set })
			.where('push_id', '=', pushId)
			.where(which)
			.executeTakeFirstOrThrow();
		if (numUpdatedRows > 0n) {
			await tx
				.updateTable('pushes')
				.set({ status: 'running', finished_at: null, waiting_for: null, error: null, failures: 0 })
				.where('id', '=', pushId)
				.execute();
		}
		return Number(numUpdatedRows);
	});
}

function conditionsOf(filter: PushFilter) {
	const equal = Object.entries({
		tenant_id: filter.tenantId,
		system: filter.system,
		entity: filter.entity,
		status: filter.status,
	}).filter(([, value]) => value !== undefined);
	return [
		...equal.map(([column, value]) => sql<boolean>`${sql.ref(column)} = ${value}`),
		...(filter.tenantIds === undefined
			? []
			: [sql<boolean>`${sql.ref('tenant_id')} in (${sql.join([...filter.tenantIds])})`]),
		...(filter.state === undefined
			? []
			: [
					sql<boolean>`exists (select 1 from push_items as i where i.push_id = pushes.id and i.state = ${filter.state})`,
				]),
	];
}

async function countsOf(db: Kysely<Tables>, rows: readonly PushRow[]) {
	const counts = new Map<string, Partial<Record<PushItemState, number>>>();
	if (rows.length === 0) return counts;
	const found = await db
		.selectFrom('push_items')
		.select(['push_id as id', 'state'])
		.select((e) => e.fn.countAll<number>().as('count'))
		.where(
			'push_id',
			'in',
			rows.map(({ id }) => id),
		)
		.groupBy(['push_id', 'state'])
		.execute();
	for (const { id, state, count } of found) {
		counts.set(id, { ...counts.get(id), [state]: Number(count) });
	}
	return counts;
}
