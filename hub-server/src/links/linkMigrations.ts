import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Engine } from '../database/engine';
import { isUniqueViolation } from '../database/isUniqueViolation';
import { newId } from '../database/newId';
import { toPage, type Page, type PageRequest } from '../database/page';
import type { Tables } from '../database/tables';
import { LinksUsedError } from '../errors/linkErrors';
import { ConflictError, IdempotencyKeyUsedError, NotFoundError } from '../errors/requestErrors';
import { RunUnderWayError } from '../errors/syncErrors';
import type { RecordsRead } from '../records/readRecords';
import { recordId } from '../records/FoundRecord';
import { findEntity } from '../records/xeroEntities';
import { LEASE, newLease, passingOverLocked } from '../work/lease';
import { callsToRead } from './callsToRead';
import { ENTITY_NAMES } from './judgeLinked';
import type { LinkedEntity } from './Link';
import { linkedStandings, standingKey } from './linkedStandings';

/** Links of no organisation, on their way to one. */
export interface LinkMigration {
	readonly id: string;
	readonly toTenantId: string;
	/** Null: of all. */
	readonly system: string | null;
	readonly entity: LinkedEntity | null;
	readonly dryRun: boolean;
	readonly status: 'running' | 'finished' | 'reverted';
	readonly counts: MigrationCounts;
	/** The first {@link CONFLICTS_TOLD} of them. */
	readonly conflicts: readonly MigrationConflict[];
	/** Of Xero's: so far, or, of a dry run, what it would take. */
	readonly calls: number;
	/** Why it does not go on now. */
	readonly error: string | null;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly finishedAt: number | null;
	readonly revertedAt: number | null;
}

export interface MigrationCounts {
	/** Looked at. */
	readonly links: number;
	/** Of Xero's, that they link to. */
	readonly records: number;
	/** The organisation has their record: they are assigned to it, unless it is in conflict. */
	readonly found: number;
	/** It has not: they stay as they are. */
	readonly missing: number;
	/** Of a dry run: what only Xero can say, which a migration will ask. */
	readonly unknown: number;
}

export interface MigrationConflict {
	readonly entity: string;
	readonly externalId: string;
	readonly reason: string;
}

export interface MigrationWish {
	readonly toTenantId: string;
	readonly system?: string | undefined;
	readonly entity?: LinkedEntity | undefined;
	readonly dryRun: boolean;
}

/** What Xero is asked. */
export type ReadLinked = (wanted: {
	readonly workspaceId: string;
	readonly tenantId: string;
	readonly category: string;
	readonly ids: readonly string[];
}) => Promise<RecordsRead>;

/**
 * Migrations of a workspace's links. Each goes on in steps, by whichever hub takes its lease; what a step did is
 * written with the place where the next one goes on, so that a crash neither loses nor repeats anything.
 */
export interface LinkMigrations {
	/**
	 * One of an organisation at a time; nothing is moved yet.
	 *
	 * @param idempotencyKey for 24 hours the same one answers the migration that it made
	 * @throws RunUnderWayError, IdempotencyKeyUsedError where the key came with another wish
	 */
	start(workspaceId: string, wish: MigrationWish, idempotencyKey?: string): Promise<LinkMigration>;
	/** @throws NotFoundError */
	get(workspaceId: string, id: string): Promise<LinkMigration>;
	list(workspaceId: string, page: PageRequest): Promise<Page<LinkMigration>>;
	/**
	 * Takes its links back out of the organisation; those made since stay. Again, it changes nothing.
	 *
	 * @throws NotFoundError, ConflictError while it runs or where another link has their place, LinksUsedError
	 */
	revert(workspaceId: string, id: string): Promise<LinkMigration>;
	/**
	 * Takes one that is due a step further.
	 *
	 * @param id that one only
	 * @returns whether there was one
	 */
	step(id?: string): Promise<boolean>;
}

/** Links a step: as many as two answers of Xero's by ids. */
const LINKS_A_STEP = 80;

/** Much longer than Xero takes for the reads of a step. */
const LEASE_MS = 120_000;

/** After what only a person can settle, such as a consent that ended. */
const LONG_REST_MS = 5 * 60_000;

const CONFLICTS_TOLD = 1_000;

/** As long as pushes keep theirs. */
const KEY_KEPT_MS = 24 * 3600_000;

export function createLinkMigrations(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly readRecords: ReadLinked;
	readonly now: Clock;
}): LinkMigrations {
	const { db, engine, readRecords, now } = deps;

	async function find(workspaceId: string, id: string): Promise<MigrationRow> {
		const row = await db
			.selectFrom('link_migrations')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.where('id', '=', id)
			.executeTakeFirst();
		if (!row) throw new NotFoundError(`The workspace has no migration "${id}".`);
		return row;
	}

	async function claim(id: string | undefined): Promise<MigrationRow | undefined> {
		const lease = newLease(now(), LEASE_MS);
		return db.transaction().execute(async (tx) => {
			const due = await tx
				.selectFrom('link_migrations')
				.select('id')
				.where('status', '=', 'running')
				.where('next_at', '<=', now())
				.where(LEASE.isFree(now()))
				.$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
				.orderBy('next_at')
				.limit(1)
				.$call(passingOverLocked(engine))
				.executeTakeFirst();
			if (!due) return undefined;
			await tx
				.updateTable('link_migrations')
				.set(LEASE.heldBy(lease))
				.where('id', '=', due.id)
				.execute();
			return tx
				.selectFrom('link_migrations')
				.selectAll()
				.where('id', '=', due.id)
				.executeTakeFirst();
		});
	}

	/** Which of the records the organisation has; undefined: only Xero could say. */
	async function lookUp(row: MigrationRow, links: readonly MovedLink[]) {
		const tenantId = row.to_tenant_id;
		const known = await linkedStandings(db, row.workspace_id, tenantId, links);
		const isThere = new Map<string, boolean>();
		for (const link of links) {
			const standing = known.get(standingKey(link));
			if (standing !== undefined) isThere.set(standingKey(link), !standing.isDeleted);
		}
		const unknown = links.filter((link) => !isThere.has(standingKey(link)));
		let calls = 0;
		let wait: { readonly afterMs: number; readonly reason: string } | undefined;
		for (const [entity, group] of Map.groupBy(unknown, (link) => link.entity)) {
			const ids = [...new Set(group.map(({ xeroId }) => recordId(xeroId)))];
			calls += callsToRead(entity, ids.length);
			if (row.dry_run === 1) continue;
			const category = findEntity(entity)?.category ?? '';
			const read = await readRecords({ workspaceId: row.workspace_id, tenantId, category, ids });
			if (read.kind !== 'read') {
				wait = {
					afterMs: read.kind === 'retry' ? Math.max(1_000, read.afterMs) : LONG_REST_MS,
					reason: read.reason,
				};
				break;
			}
			for (const link of group) {
				isThere.set(standingKey(link), isOf(entity, read.records.get(link.xeroId.toLowerCase())));
			}
		}
		return { isThere, calls, wait };
	}

	const store: LinkMigrations = {
		async start(workspaceId, wish, idempotencyKey) {
			const tenantId = wish.toTenantId.toLowerCase();
			const id = newId(now());
			await db
				.updateTable('link_migrations')
				.set({ idempotency_key: null })
				.where('workspace_id', '=', workspaceId)
				.where('idempotency_key', '=', idempotencyKey ?? '')
				.where('created_at', '<=', now() - KEY_KEPT_MS)
				.execute();
			const counts = await countLinks(db, workspaceId, wish);
			const { numInsertedOrUpdatedRows } = await db
				.insertInto('link_migrations')
				.values({
					id,
					workspace_id: workspaceId,
					to_tenant_id: tenantId,
					system: wish.system ?? null,
					entity: wish.entity ?? null,
					dry_run: wish.dryRun ? 1 : 0,
					status: 'running',
					position: null,
					outcome: JSON.stringify({
						counts: { ...counts, found: 0, missing: 0, unknown: 0 },
						...{ conflicts: [], calls: 0 },
					} satisfies Outcome),
					error: null,
					idempotency_key: idempotencyKey ?? null,
					next_at: now(),
					...LEASE.free,
					created_at: now(),
					finished_at: null,
					reverted_at: null,
				})
				.onConflict((conflict) => conflict.doNothing())
				.executeTakeFirst();
			if (numInsertedOrUpdatedRows === 1n) return store.get(workspaceId, id);
			const rows = await db
				.selectFrom('link_migrations')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where((e) =>
					e.or([
						e('idempotency_key', '=', idempotencyKey ?? ''),
						e.and([e('to_tenant_id', '=', tenantId), e('status', '=', 'running')]),
					]),
				)
				.execute();
			const same = rows.find((row) => row.idempotency_key === idempotencyKey);
			if (same && !isWish(same, wish)) throw new IdempotencyKeyUsedError();
			if (same) return toMigration(same);
			throw new RunUnderWayError(
				rows[0]?.id ?? '',
				'A migration to this organisation is under way. Wait until it has ended.',
			);
		},

		get: async (workspaceId, id) => toMigration(await find(workspaceId, id)),

		async list(workspaceId, { cursor, limit }) {
			const rows = await db
				.selectFrom('link_migrations')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			return toPage(rows, limit, toMigration);
		},

		async revert(workspaceId, id) {
			const row = await find(workspaceId, id);
			if (row.status === 'reverted') return toMigration(row);
			if (row.status === 'running') {
				throw new ConflictError('The migration is under way. Wait until it has ended.');
			}
			if (row.dry_run === 1) {
				throw new ConflictError('A dry run changed nothing, so there is nothing to take back.');
			}
			await db
				.transaction()
				.execute((tx) => takeBack(tx, row, now()))
				.catch((cause: unknown) => {
					if (!isUniqueViolation(cause)) throw cause;
					throw new ConflictError(
						'Links without an organisation were made since for the same records. Remove those first.',
					);
				});
			return store.get(workspaceId, id);
		},

		async step(id) {
			const row = await claim(id);
			if (row === undefined) return false;
			const links = await nextLinks(db, row);
			const { isThere, calls, wait } = await lookUp(row, links);
			await db
				.transaction()
				.execute(async (tx) => {
					if (wait !== undefined) await rest(tx, row, wait, now());
					else await move(tx, row, links, { isThere, calls }, now());
				})
				.catch(async (cause: unknown) => {
					// Somebody has linked one of them meanwhile: the step is taken again, and names it.
					if (!isUniqueViolation(cause)) throw cause;
					await db
						.updateTable('link_migrations')
						.set(LEASE.free)
						.where('id', '=', row.id)
						.where(LEASE.isHeldBy(row.lease_id ?? ''))
						.execute();
				});
			return true;
		},
	};
	return store;
}

type MigrationRow = Selectable<Tables['link_migrations']>;

function isWish(row: MigrationRow, wish: MigrationWish): boolean {
	return (
		row.to_tenant_id === wish.toTenantId.toLowerCase() &&
		row.system === (wish.system ?? null) &&
		row.entity === (wish.entity ?? null) &&
		(row.dry_run === 1) === wish.dryRun
	);
}

interface Outcome {
	readonly counts: MigrationCounts;
	readonly conflicts: readonly MigrationConflict[];
	readonly calls: number;
}

interface MovedLink {
	readonly id: string;
	readonly system: string;
	readonly entity: LinkedEntity;
	readonly externalId: string;
	readonly xeroId: string;
}

function isOf(
	entity: LinkedEntity,
	record: Readonly<Record<string, unknown>> | undefined,
): boolean {
	if (record === undefined) return false;
	const type = record['Type'];
	return !((entity === 'invoice' && type === 'ACCPAY') || (entity === 'bill' && type === 'ACCREC'));
}

async function countLinks(db: Kysely<Tables>, workspaceId: string, wish: MigrationWish) {
	const rows = await db
		.selectFrom('links')
		.select('entity')
		.select((e) => e.fn.countAll<number>().as('links'))
		.select((e) => e.fn.count<number>('xero_id').distinct().as('records'))
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', '')
		.where('xero_id', 'is not', null)
		.$if(wish.system !== undefined, (query) => query.where('system', '=', wish.system ?? ''))
		.$if(wish.entity !== undefined, (query) => query.where('entity', '=', wish.entity ?? ''))
		.groupBy('entity')
		.execute();
	const sum = (of: 'links' | 'records') => rows.reduce((total, row) => total + Number(row[of]), 0);
	return { links: sum('links'), records: sum('records') };
}

/** By entity, so that Xero is asked for many of one at a time. */
async function nextLinks(db: Kysely<Tables>, row: MigrationRow): Promise<readonly MovedLink[]> {
	const [entity, id] = positionOf(row);
	const rows = await db
		.selectFrom('links')
		.select(['id', 'system', 'entity', 'external_id', 'xero_id'])
		.where('workspace_id', '=', row.workspace_id)
		.where('tenant_id', '=', '')
		.where('xero_id', 'is not', null)
		.$if(row.system !== null, (query) => query.where('system', '=', row.system ?? ''))
		.$if(row.entity !== null, (query) => query.where('entity', '=', row.entity ?? ''))
		.where((e) =>
			e.or([e('entity', '>', entity), e.and([e('entity', '=', entity), e('id', '>', id)])]),
		)
		.orderBy('entity')
		.orderBy('id')
		.limit(LINKS_A_STEP)
		.execute();
	return rows.map((link) => ({
		...{ id: link.id, system: link.system, externalId: link.external_id },
		entity: link.entity as LinkedEntity,
		xeroId: link.xero_id ?? '',
	}));
}

function positionOf({ position }: MigrationRow): readonly [string, string] {
	return position === null ? ['', ''] : (JSON.parse(position) as [string, string]);
}

async function rest(
	tx: Transaction<Tables>,
	row: MigrationRow,
	{ afterMs, reason }: { readonly afterMs: number; readonly reason: string },
	at: number,
): Promise<void> {
	await tx
		.updateTable('link_migrations')
		.set({ ...LEASE.free, next_at: at + afterMs, error: reason })
		.where('id', '=', row.id)
		.where(LEASE.isHeldBy(row.lease_id ?? ''))
		.execute();
}

async function move(
	tx: Transaction<Tables>,
	row: MigrationRow,
	links: readonly MovedLink[],
	{ isThere, calls }: { readonly isThere: ReadonlyMap<string, boolean>; readonly calls: number },
	at: number,
): Promise<void> {
	const before = JSON.parse(row.outcome) as Outcome;
	const found = links.filter((link) => isThere.get(standingKey(link)) === true);
	const missing = links.filter((link) => isThere.get(standingKey(link)) === false);
	const conflicts = await conflictsOf(tx, row, found);
	const moved = found.filter(({ id }) => !conflicts.has(id));
	if (row.dry_run === 0 && moved.length > 0) {
		await tx
			.updateTable('links')
			.set({ tenant_id: row.to_tenant_id, migration_id: row.id, updated_at: at })
			.where(
				'id',
				'in',
				moved.map(({ id }) => id),
			)
			.where('tenant_id', '=', '')
			.execute();
	}
	const last = links.at(-1);
	const isEnd = last === undefined || links.length < LINKS_A_STEP;
	const outcome: Outcome = {
		counts: {
			...before.counts,
			found: before.counts.found + found.length,
			missing: before.counts.missing + missing.length,
			unknown: before.counts.unknown + links.length - found.length - missing.length,
		},
		conflicts: [...before.conflicts, ...conflicts.values()].slice(0, CONFLICTS_TOLD),
		calls: before.calls + calls,
	};
	const { numUpdatedRows } = await tx
		.updateTable('link_migrations')
		.set({
			...LEASE.free,
			position: last === undefined ? row.position : JSON.stringify([last.entity, last.id]),
			outcome: JSON.stringify(outcome),
			error: null,
			next_at: at,
			...(isEnd && { status: 'finished' as const, finished_at: at }),
		})
		.where('id', '=', row.id)
		.where('status', '=', 'running')
		.where(LEASE.isHeldBy(row.lease_id ?? ''))
		.executeTakeFirst();
	if (numUpdatedRows === 0n) throw new LeaseLostError();
}

/** Another hub goes on with it: what this one would have written is rolled back. */
class LeaseLostError extends Error {
	constructor() {
		super('The lease of the migration ended while its records were looked up.');
	}
}

/** By link: what has its place already, here or in another organisation. */
async function conflictsOf(
	tx: Transaction<Tables>,
	row: MigrationRow,
	links: readonly MovedLink[],
): Promise<ReadonlyMap<string, MigrationConflict>> {
	const conflicts = new Map<string, MigrationConflict>();
	if (links.length === 0) return conflicts;
	const others = await tx
		.selectFrom('links as l')
		.leftJoin('connections as c', (join) =>
			join.onRef('c.workspace_id', '=', 'l.workspace_id').onRef('c.tenant_id', '=', 'l.tenant_id'),
		)
		.select(['l.tenant_id', 'l.system', 'l.entity', 'l.external_id', 'l.xero_id', 'c.tenant_name'])
		.where('l.workspace_id', '=', row.workspace_id)
		.where('l.tenant_id', '<>', '')
		.where('l.entity', 'in', [...new Set(links.map(({ entity }) => entity))])
		.where('l.system', 'in', [...new Set(links.map(({ system }) => system))])
		.where((e) =>
			e.or([
				e(
					'l.external_id',
					'in',
					links.map(({ externalId }) => externalId),
				),
				e.and([
					e('l.tenant_id', '=', row.to_tenant_id),
					e(
						'l.xero_id',
						'in',
						links.map(({ xeroId }) => xeroId),
					),
				]),
			]),
		)
		.execute();
	for (const link of links) {
		const ofSystem = others.filter(
			(other) => other.system === link.system && other.entity === link.entity,
		);
		const claimed = ofSystem.find((other) => other.external_id === link.externalId);
		const taken = ofSystem.find(
			(other) => other.tenant_id === row.to_tenant_id && other.xero_id === link.xeroId,
		);
		const name = ENTITY_NAMES[link.entity];
		const reason = claimed
			? `The ${name} "${link.externalId}" of ${link.system} is linked in ${claimed.tenant_name ?? claimed.tenant_id} already. Remove one of the two links.`
			: taken &&
				`Its ${name} in Xero is linked to "${taken.external_id}" already. Remove one of the two links.`;
		if (reason === undefined) continue;
		conflicts.set(link.id, { entity: link.entity, externalId: link.externalId, reason });
	}
	return conflicts;
}

/** @throws LinksUsedError, and where another link has a place that they had, as the ledger says it */
async function takeBack(tx: Transaction<Tables>, row: MigrationRow, at: number): Promise<void> {
	const used = await tx
		.selectFrom('links')
		.select('external_id')
		.where('workspace_id', '=', row.workspace_id)
		.where('tenant_id', '=', row.to_tenant_id)
		.where('migration_id', '=', row.id)
		.where('push_id', 'is not', null)
		.limit(1)
		.executeTakeFirst();
	if (used) {
		throw new LinksUsedError(
			`"${used.external_id}" was pushed since, so that taking its link back would make a second record. The links stay.`,
		);
	}
	await tx
		.updateTable('links')
		.set({ tenant_id: '', migration_id: null, updated_at: at })
		.where('workspace_id', '=', row.workspace_id)
		.where('tenant_id', '=', row.to_tenant_id)
		.where('migration_id', '=', row.id)
		.execute();
	await tx
		.updateTable('link_migrations')
		.set({ status: 'reverted', reverted_at: at })
		.where('id', '=', row.id)
		.execute();
}

function toMigration(row: MigrationRow): LinkMigration {
	const { counts, conflicts, calls } = JSON.parse(row.outcome) as Outcome;
	return {
		id: row.id,
		toTenantId: row.to_tenant_id,
		system: row.system,
		entity: row.entity as LinkedEntity | null,
		dryRun: row.dry_run === 1,
		status: row.status,
		...{ counts, conflicts, calls },
		error: row.error,
		createdAt: row.created_at,
		finishedAt: row.finished_at,
		revertedAt: row.reverted_at,
	};
}
