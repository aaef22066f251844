import { sql, type Kysely, type Selectable } from 'kysely';
import type { Clock } from '../clock';
import { inChunks } from '../database/inChunks';
import { isUniqueViolation } from '../database/isUniqueViolation';
import { newId } from '../database/newId';
import { toPage } from '../database/page';
import type { Tables } from '../database/tables';
import { LinkTakenError } from '../errors/linkErrors';
import { recordId } from '../records/FoundRecord';
import type { RecordSeal, RecordSealOf } from '../records/recordSeals';
import type { AgreedBase, ExternalRecord, Link, LinkedEntity } from './Link';
import { hasLinkMark, linkMark } from './linkMark';
import type { LinkStore, PutOutcome } from './LinkStore';

export function createLinkStore(deps: {
	readonly db: Kysely<Tables>;
	readonly recordSealOf: RecordSealOf;
	readonly now: Clock;
}): LinkStore {
	const { db, recordSealOf, now } = deps;

	async function rowsOf(
		workspaceId: string,
		records: readonly ExternalRecord[],
	): Promise<ReadonlyMap<string, LinkRow>> {
		const rows = new Map<string, LinkRow>();
		for (const group of groupsOf(records)) {
			for (const externalIds of inChunks([...new Set(group.externalIds)])) {
				const found = await db
					.selectFrom('links')
					.selectAll()
					.where('workspace_id', '=', workspaceId)
					.where('tenant_id', '=', group.tenantId)
					.where('system', '=', group.system)
					.where('entity', '=', group.entity)
					.where('external_id', 'in', externalIds)
					.execute();
				for (const row of found) rows.set(keyOf(toLinkOf(row)), row);
			}
		}
		return rows;
	}

	const rowOf = async (workspaceId: string, record: ExternalRecord) =>
		(await rowsOf(workspaceId, [record])).get(keyOf(record));

	/** Whose the record of Xero's is. */
	async function refuseTaken(
		workspaceId: string,
		of: { readonly tenantId: string; readonly system: string; readonly entity: string },
		xeroId: string,
		linkId: string,
	): Promise<void> {
		const holder = await db
			.selectFrom('links')
			.select('external_id')
			.where('workspace_id', '=', workspaceId)
			.where('tenant_id', '=', of.tenantId)
			.where('entity', '=', of.entity)
			.where('xero_id', '=', xeroId)
			.where('system', '=', of.system)
			.where('id', '<>', linkId)
			.executeTakeFirst();
		if (holder) throw new LinkTakenError({ xeroId, externalId: holder.external_id });
	}

	/** @returns whether the row is still there */
	async function update(
		row: Pick<LinkRow, 'id' | 'workspace_id' | 'tenant_id' | 'system' | 'entity'>,
		change: Partial<LinkRow> & { readonly xero_id: string },
	): Promise<boolean> {
		const of = { tenantId: row.tenant_id, system: row.system, entity: row.entity };
		for (;;) {
			await refuseTaken(row.workspace_id, of, change.xero_id, row.id);
			try {
				const { numUpdatedRows } = await db
					.updateTable('links')
					.set({ ...change, updated_at: now() })
					.where('id', '=', row.id)
					.executeTakeFirst();
				return numUpdatedRows > 0n;
			} catch (cause) {
				// Another has it since it was looked at: the next look names whose it is.
				if (!isUniqueViolation(cause)) throw cause;
			}
		}
	}

	/** @returns undefined where another process has made it meanwhile */
	async function insert(
		workspaceId: string,
		record: ExternalRecord,
		to: { readonly xeroId: string; readonly base?: AgreedBase | undefined },
		seal: RecordSeal,
	): Promise<Link | undefined> {
		const row: LinkRow = {
			...newClaim(workspaceId, record, now()),
			xero_id: to.xeroId,
			state: 'linked',
		};
		row.base = to.base === undefined ? null : seal.sealIn(to.base, placeOf(row.id));
		const { numInsertedOrUpdatedRows } = await db
			.insertInto('links')
			.values(row)
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		return numInsertedOrUpdatedRows === 1n ? toLink(row, seal) : undefined;
	}

	/** @param known as it was a moment ago */
	async function putOne(
		workspaceId: string,
		record: ExternalRecord,
		xeroId: string,
		known: LinkRow | undefined,
	): Promise<PutOutcome> {
		if (known?.state === 'linked' && known.xero_id === recordId(xeroId)) {
			return { kind: 'unchanged' };
		}
		try {
			const before = await rowOf(workspaceId, record);
			const { isNew, link } = await store.put(workspaceId, record, { xeroId });
			if (isNew) return { kind: 'made' };
			const isAsBefore = before?.state === 'linked' && before.xero_id === link.xeroId;
			return { kind: isAsBefore ? 'unchanged' : 'changed' };
		} catch (cause) {
			if (!(cause instanceof LinkTakenError)) throw cause;
			return { kind: 'taken', externalId: cause.taken.externalId };
		}
	}

	const store: LinkStore = {
		async findMany(workspaceId, records) {
			const rows = await rowsOf(workspaceId, records);
			const seal = await recordSealOf(workspaceId);
			return records.map((record) => {
				const row = rows.get(keyOf(record));
				return row && toLink(row, seal);
			});
		},

		async ofXero(workspaceId, tenantId, records) {
			const links: Link[] = [];
			const seal = await recordSealOf(workspaceId);
			for (const [entity, ids] of idsByEntity(records)) {
				for (const chunk of inChunks([...ids])) {
					const rows = await db
						.selectFrom('links')
						.selectAll()
						.where('workspace_id', '=', workspaceId)
						.where('tenant_id', '=', tenantId.toLowerCase())
						.where('entity', '=', entity)
						.where('xero_id', 'in', chunk)
						.orderBy('system')
						.execute();
					links.push(...rows.map((row) => toLink(row, seal)));
				}
			}
			return links;
		},

		async findMarked(mark) {
			const rows = await db
				.selectFrom('links')
				.selectAll()
				.where('mark', '=', mark)
				.orderBy('id')
				.limit(MOST_MARKED)
				.execute();
			return rows.map((row) => ({
				...{ ...toLinkOf(row), workspaceId: row.workspace_id, xeroId: row.xero_id },
			}));
		},

		async list(workspaceId, filter, { cursor, limit }) {
			const { tenantId, tenantIds, system, entity, state, xeroId, search } = filter;
			let query = db.selectFrom('links').selectAll().where('workspace_id', '=', workspaceId);
			if (tenantId !== undefined) query = query.where('tenant_id', '=', tenantText(tenantId));
			if (tenantIds !== undefined) query = query.where('tenant_id', 'in', tenantIds);
			if (system !== undefined) query = query.where('system', '=', system);
			if (entity !== undefined) query = query.where('entity', '=', entity);
			if (state !== undefined) query = query.where('state', '=', state);
			if (xeroId !== undefined) query = query.where('xero_id', '=', recordId(xeroId));
			if (search !== undefined) {
				const pattern = `%${search.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
				query = query.where(
					sql<boolean>`lower(${sql.ref('external_id')}) like ${pattern} escape '\\'`,
				);
			}
			if (cursor !== undefined) query = query.where('id', '<', cursor);
			const rows = await query
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			const seal = await recordSealOf(workspaceId);
			return toPage(rows, limit, (row) => toLink(row, seal));
		},

		async put(workspaceId, record, { base, ...to }) {
			const xeroId = recordId(to.xeroId);
			const seal = await recordSealOf(workspaceId);
			for (;;) {
				const row = await rowOf(workspaceId, record);
				if (row === undefined) {
					const made = await insert(workspaceId, record, { xeroId, base }, seal);
					if (made) return { isNew: true, link: made };
					const of = { ...record, tenantId: tenantText(record.tenantId) };
					await refuseTaken(workspaceId, of, xeroId, '');
					continue;
				}
				const isSameRecord = row.xero_id === xeroId;
				if (isSameRecord && row.state === 'linked' && base === undefined) {
					return { isNew: false, link: toLink(row, seal) };
				}
				const isThere = await update(row, {
					xero_id: xeroId,
					state: 'linked',
					reason: null,
					sent_at: null,
					// What was agreed on, and pushed, of another record says nothing of this one.
					...((base !== undefined || !isSameRecord) && {
						base: base === undefined ? null : seal.sealIn(base, placeOf(row.id)),
						pushed_hash: null,
					}),
				});
				const changed = isThere ? await rowOf(workspaceId, record) : undefined;
				if (changed) return { isNew: false, link: toLink(changed, seal) };
			}
		},

		async putMany(workspaceId, wanted) {
			const outcomes: PutOutcome[] = [];
			// Row by row a thousand times would keep other writers waiting: what is new goes in by the thousand.
			for (const chunk of inChunks(wanted)) {
				const known = await rowsOf(
					workspaceId,
					chunk.map(({ record }) => record),
				);
				const isNew = chunk.map(({ record }) => !known.has(keyOf(record)));
				const inserted = new Set<string>();
				const rows = chunk
					.filter((_, index) => isNew[index])
					.map(({ record, xeroId }) => ({
						...newClaim(workspaceId, record, now()),
						xero_id: recordId(xeroId),
						state: 'linked' as const,
					}));
				if (rows.length > 0) {
					const made = await db
						.insertInto('links')
						.values(rows)
						.onConflict((conflict) => conflict.doNothing())
						.returning('id')
						.execute();
					const ids = new Set(made.map(({ id }) => id));
					for (const row of rows) if (ids.has(row.id)) inserted.add(keyOf(toLinkOf(row)));
				}
				for (const { record, xeroId } of chunk) {
					// Of two rows about one record the second finds the first one's link.
					outcomes.push(
						inserted.delete(keyOf(record))
							? { kind: 'made' }
							: await putOne(workspaceId, record, xeroId, known.get(keyOf(record))),
					);
				}
			}
			return outcomes;
		},

		async count(workspaceId, of) {
			const { count } = await db
				.selectFrom('links')
				.select((e) => e.fn.countAll<number>().as('count'))
				.where('workspace_id', '=', workspaceId)
				.$if(of !== undefined, (query) =>
					query.where('tenant_id', '=', tenantText(of?.tenantId ?? null)),
				)
				.executeTakeFirstOrThrow();
			return Number(count);
		},

		async remove(workspaceId, { tenantId, system, entity, externalId }) {
			const { numDeletedRows } = await db
				.deleteFrom('links')
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', '=', tenantText(tenantId))
				.where('system', '=', system)
				.where('entity', '=', entity)
				.where('external_id', '=', externalId)
				.executeTakeFirst();
			return numDeletedRows > 0n;
		},

		async claim(workspaceId, pushId, records) {
			const distinct = [...new Map(records.map((record) => [keyOf(record), record])).values()];
			for (const chunk of inChunks(distinct)) {
				await db
					.insertInto('links')
					.values(
						chunk.map((record) => ({
							...newClaim(workspaceId, record, now()),
							push_id: pushId,
						})),
					)
					.onConflict((conflict) => conflict.doNothing())
					.execute();
			}
			await takeOver(db, [...(await rowsOf(workspaceId, distinct)).values()], pushId, now());
			const rows = await rowsOf(workspaceId, distinct);
			const seal = await recordSealOf(workspaceId);
			return records.map((record) => {
				// Removed between the two looks: as if it had come before the claim.
				const row = rows.get(keyOf(record)) ?? newClaim(workspaceId, record, now());
				return {
					isMine: row.state === 'claiming' && row.push_id === pushId,
					link: toLink(row, seal),
				};
			});
		},

		async markSent(linkIds, at) {
			for (const ids of inChunks(linkIds)) {
				await db
					.updateTable('links')
					.set({ sent_at: at, updated_at: now() })
					.where('id', 'in', ids)
					.where('state', '=', 'claiming')
					.execute();
			}
		},

		async release(linkIds) {
			for (const ids of inChunks(linkIds)) {
				await db
					.deleteFrom('links')
					.where('id', 'in', ids)
					.where('state', '=', 'claiming')
					.execute();
			}
		},

		async agree(linkId, { xeroId, base, pushedHash, pushId }) {
			const row = await db
				.selectFrom('links')
				.selectAll()
				.where('id', '=', linkId)
				.executeTakeFirst();
			if (!row) return;
			const seal = await recordSealOf(row.workspace_id);
			await update(row, {
				xero_id: recordId(xeroId),
				state: 'linked',
				reason: null,
				sent_at: null,
				base: seal.sealIn(base, placeOf(linkId)),
				pushed_hash: pushedHash,
				push_id: pushId,
			});
		},

		async break(linkId, reason) {
			await db
				.updateTable('links')
				.set({ state: 'broken', reason, updated_at: now() })
				.where('id', '=', linkId)
				.execute();
		},
	};
	return store;
}

/** One an organisation, and few workspaces have as many. */
const MOST_MARKED = 1_000;

type LinkRow = Selectable<Tables['links']>;

/**
 * Claims of pushes that are over. Each is taken from the very push that was seen to be over, so that of two that take
 * it, one does.
 */
async function takeOver(
	db: Kysely<Tables>,
	rows: readonly LinkRow[],
	pushId: string,
	now: number,
): Promise<void> {
	const others = rows.filter((row) => row.state === 'claiming' && row.push_id !== pushId);
	if (others.length === 0) return;
	const ofPush = Map.groupBy(others, (row) => row.push_id ?? '');
	const running = new Set<string>();
	for (const ids of inChunks([...ofPush.keys()])) {
		const found = await db
			.selectFrom('pushes')
			.select('id')
			.where('id', 'in', ids)
			.where('status', '=', 'running')
			.execute();
		for (const { id } of found) running.add(id);
	}
	for (const [from, claims] of ofPush) {
		if (running.has(from)) continue;
		for (const chunk of inChunks(claims)) {
			await db
				.updateTable('links')
				.set({ push_id: pushId, updated_at: now })
				.where(
					'id',
					'in',
					chunk.map(({ id }) => id),
				)
				.where('state', '=', 'claiming')
				.where('push_id', from === '' ? 'is' : '=', from === '' ? null : from)
				.execute();
		}
	}
}

function newClaim(workspaceId: string, record: ExternalRecord, now: number): LinkRow {
	return {
		id: newId(now),
		workspace_id: workspaceId,
		tenant_id: tenantText(record.tenantId),
		system: record.system,
		entity: record.entity,
		external_id: record.externalId,
		xero_id: null,
		state: 'claiming',
		reason: null,
		base: null,
		pushed_hash: null,
		push_id: null,
		sent_at: null,
		migration_id: null,
		mark: hasLinkMark(record.entity) ? linkMark({ workspaceId, ...record }) : null,
		created_at: now,
		updated_at: now,
	};
}

/** Empty: no organisation. */
function tenantText(tenantId: string | null): string {
	return tenantId?.toLowerCase() ?? '';
}

function keyOf({ tenantId, system, entity, externalId }: ExternalRecord): string {
	return JSON.stringify([tenantText(tenantId), system, entity, externalId]);
}

function placeOf(linkId: string) {
	return { table: 'links', row: linkId, column: 'base' };
}

interface Group {
	readonly tenantId: string;
	readonly system: string;
	readonly entity: string;
	readonly externalIds: string[];
}

/** Each external id with those that differ from it by nothing else. */
function groupsOf(records: readonly ExternalRecord[]): Iterable<Group> {
	const groups = new Map<string, Group>();
	for (const { tenantId: tenant, system, entity, externalId } of records) {
		const tenantId = tenantText(tenant);
		const key = JSON.stringify([tenantId, system, entity]);
		const group = groups.get(key) ?? { tenantId, system, entity, externalIds: [] };
		group.externalIds.push(externalId);
		groups.set(key, group);
	}
	return groups.values();
}

function idsByEntity(
	records: ReadonlyArray<{ readonly entity: LinkedEntity; readonly xeroId: string }>,
): ReadonlyMap<LinkedEntity, ReadonlySet<string>> {
	const ids = new Map<LinkedEntity, Set<string>>();
	for (const { entity, xeroId } of records) {
		const known = ids.get(entity) ?? new Set();
		ids.set(entity, known.add(recordId(xeroId)));
	}
	return ids;
}

function toLinkOf(row: LinkRow): ExternalRecord {
	return {
		tenantId: row.tenant_id === '' ? null : row.tenant_id,
		system: row.system,
		entity: row.entity as LinkedEntity,
		externalId: row.external_id,
	};
}

function toLink(row: LinkRow, seal: RecordSeal): Link {
	return {
		...toLinkOf(row),
		id: row.id,
		xeroId: row.xero_id,
		state: row.state,
		reason: row.reason,
		base: row.base === null ? null : (seal.openIn(row.base, placeOf(row.id)) as AgreedBase),
		pushedHash: row.pushed_hash,
		pushId: row.push_id,
		sentAt: row.sent_at,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
	};
}
