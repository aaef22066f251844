import { sql, type Kysely, type Selectable } from 'kysely';
import type { RecordStanding } from '../../protocol/xero';
import type { Tables } from '../database/tables';
import type { KnownRecord } from './judgeRecord';
import type { KnownDue } from './owedDue';

/** One entity of one organisation. */
export interface StatesOf {
	readonly workspaceId: string;
	readonly tenantId: string;
	readonly entity: string;
	/** States of another epoch are of an organisation that is not there any more. */
	readonly epoch: string;
}

/** A record as it was last known. */
export interface RecordState extends KnownRecord {
	readonly id: string;
	/** What tells its derived events; null where it is not known. */
	readonly standing: RecordStanding | null;
	/** When what is owed falls due; null where nothing is. */
	readonly due: KnownDue | null;
	/** Sealed. */
	readonly record: string | null;
	/** Of the record as JSON. */
	readonly bytes: number;
	/** The run that saw it last in a full read. */
	readonly sweptIn: string | null;
	/** The sync's event that told it last. */
	readonly told: ToldVersion | null;
	readonly deletedAt: number | null;
	readonly firstSeenAt: number;
	readonly seenAt: number;
}

/** The event that told what is known: a sync's, or a webhook's that made the hub read it. */
export interface ToldVersion {
	readonly eventId: string;
	/** Xero's time of the change that it told; null where Xero tells none. */
	readonly at: number | null;
	/** Whether a sync told it, and no webhook has told the same change yet. */
	readonly isOpen: boolean;
}

/** By id. */
export async function findStates(
	db: Kysely<Tables>,
	{ workspaceId, tenantId, entity, epoch }: StatesOf,
	ids: readonly string[],
): Promise<ReadonlyMap<string, RecordState>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('record_states')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where('entity', '=', entity)
		.where('xero_id', 'in', [...new Set(ids)])
		.execute();
	return new Map(
		rows.filter((row) => row.epoch === epoch).map((row) => [row.xero_id, toState(row)]),
	);
}

/** The next after a key, by entity and id: those of one epoch, of all entities. */
export async function listAllStates(
	db: Kysely<Tables>,
	of: Omit<StatesOf, 'entity'>,
	{ after, limit }: { readonly after: RecordKey | undefined; readonly limit: number },
): Promise<readonly (RecordState & RecordKey)[]> {
	const { entity = '', id = '' } = after ?? {};
	const rows = await db
		.selectFrom('record_states')
		.selectAll()
		.where('workspace_id', '=', of.workspaceId)
		.where('tenant_id', '=', of.tenantId)
		.where(sql<boolean>`(entity, xero_id) > (${entity}, ${id})`)
		.where('epoch', '=', of.epoch)
		.orderBy('entity')
		.orderBy('xero_id')
		.limit(limit)
		.execute();
	return rows.map((row) => ({ ...toState(row), entity: row.entity }));
}

/** What a list of records is in the order of. */
export interface RecordKey {
	/** As states are kept: a bill is an invoice. */
	readonly entity: string;
	readonly id: string;
}

/**
 * In the place of what is known of them; one of an earlier epoch too. What another process has read of a later
 * version meanwhile stays.
 */
export async function saveStates(
	db: Kysely<Tables>,
	{ workspaceId, tenantId, entity, epoch }: StatesOf,
	states: readonly RecordState[],
): Promise<void> {
	if (states.length === 0) return;
	await db
		.insertInto('record_states')
		.values(
			states.map((state) => ({
				workspace_id: workspaceId,
				tenant_id: tenantId,
				entity,
				xero_id: state.id,
				epoch,
				version: state.version,
				updated_at: state.updatedAt,
				hash: state.hash,
				status: state.standing?.status ?? null,
				standing: JSON.stringify(state.standing),
				record: state.record,
				bytes: state.bytes,
				swept_in: state.sweptIn,
				told_event: state.told?.eventId ?? null,
				told_at: state.told?.at ?? null,
				told_open: state.told?.isOpen === true ? 1 : 0,
				deleted_at: state.deletedAt,
				first_seen_at: state.firstSeenAt,
				seen_at: state.seenAt,
				due_day: state.due?.day ?? null,
				due_entity: state.due?.entity ?? null,
				due_since: state.due?.since ?? null,
			})),
		)
		.onConflict((conflict) =>
			conflict.columns(['workspace_id', 'tenant_id', 'entity', 'xero_id']).doUpdateSet((e) => ({
				epoch: e.ref('excluded.epoch'),
				version: e.ref('excluded.version'),
				updated_at: e.ref('excluded.updated_at'),
				hash: e.ref('excluded.hash'),
				status: e.ref('excluded.status'),
				standing: e.ref('excluded.standing'),
				record: e.ref('excluded.record'),
				bytes: e.ref('excluded.bytes'),
				swept_in: e.ref('excluded.swept_in'),
				told_event: e.ref('excluded.told_event'),
				told_at: e.ref('excluded.told_at'),
				told_open: e.ref('excluded.told_open'),
				deleted_at: e.ref('excluded.deleted_at'),
				first_seen_at: e.ref('excluded.first_seen_at'),
				seen_at: e.ref('excluded.seen_at'),
				due_day: e.ref('excluded.due_day'),
				due_entity: e.ref('excluded.due_entity'),
				due_since: e.ref('excluded.due_since'),
			})).where(sql<boolean>`(
				record_states.epoch <> excluded.epoch or record_states.updated_at is null
				or excluded.updated_at is null or excluded.updated_at >= record_states.updated_at)`),
		)
		.execute();
}

/** How many are known and not deleted; by an index alone. */
export async function countStates(
	db: Kysely<Tables>,
	{ workspaceId, tenantId, entity, epoch }: StatesOf,
): Promise<number> {
	const { count } = await db
		.selectFrom('record_states')
		.select((e) => e.fn.countAll<number>().as('count'))
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where('entity', '=', entity)
		.where('epoch', '=', epoch)
		.where('deleted_at', 'is', null)
		.executeTakeFirstOrThrow();
	return Number(count);
}

/**
 * The known ones in the order of their ids, from after one on.
 *
 * @param after an id; empty for the first
 */
export async function listStates(
	db: Kysely<Tables>,
	{ workspaceId, tenantId, entity, epoch }: StatesOf,
	{ after, limit }: { readonly after: string; readonly limit: number },
): Promise<{ readonly states: readonly RecordState[]; readonly next: string | undefined }> {
	const rows = await db
		.selectFrom('record_states')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where('entity', '=', entity)
		.where('xero_id', '>', after)
		.orderBy('xero_id')
		.limit(limit)
		.execute();
	return {
		states: rows.filter((row) => row.epoch === epoch && row.deleted_at === null).map(toState),
		next: rows.length < limit ? undefined : rows.at(-1)?.xero_id,
	};
}

/** @param connection whose states these are, unless the organisation was reset since */
export function epochOf(connection: {
	readonly id: string;
	readonly record_epoch: string | null;
}): string {
	return connection.record_epoch ?? connection.id;
}

function toState(row: Selectable<Tables['record_states']>): RecordState {
	return {
		id: row.xero_id,
		version: row.version,
		updatedAt: row.updated_at,
		hash: row.hash,
		standing: row.standing === null ? null : (JSON.parse(row.standing) as RecordStanding),
		due:
			row.due_day === null || row.due_entity === null
				? null
				: { day: row.due_day, entity: row.due_entity, since: row.due_since },
		record: row.record,
		bytes: row.bytes,
		sweptIn: row.swept_in,
		told:
			row.told_event === null
				? null
				: { eventId: row.told_event, at: row.told_at, isOpen: row.told_open === 1 },
		isDeleted: row.deleted_at !== null,
		deletedAt: row.deleted_at,
		firstSeenAt: row.first_seen_at,
		seenAt: row.seen_at,
	};
}
