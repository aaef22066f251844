import type { Kysely } from 'kysely';
import { inChunks } from '../database/inChunks';
import type { Tables } from '../database/tables';
import { NotFoundError } from '../errors/requestErrors';
import type { XeroRecord } from '../../protocol/xero';
import { recordId } from './FoundRecord';
import type { RecordSeal, RecordSealOf } from './recordSeals';
import {
	epochOf,
	findStates,
	listAllStates,
	type RecordKey,
	type RecordState,
} from './recordStates';
import { findEntity, XERO_ENTITIES } from './xeroEntities';

/** A record as the hub last knew it. */
export interface RecordView {
	readonly tenantId: string;
	readonly entity: string;
	readonly id: string;
	readonly version: string;
	readonly hash: string | null;
	readonly status: string | null;
	/** Null where only hashes are kept. */
	readonly record: XeroRecord | null;
	readonly deleted: boolean;
	/** ISO 8601, UTC. */
	readonly firstSeenAt: string;
	readonly seenAt: string;
}

/** What is known without asking Xero. */
export interface KnownRecords {
	/** @throws NotFoundError for what is not known */
	record(
		workspaceId: string,
		at: { readonly tenantId: string; readonly entity: string; readonly id: string },
	): Promise<RecordView>;
	/**
	 * The copies that are kept of these, by id as `recordId` spells it; those that are not known, or of which only a hash is
	 * kept, are not among them.
	 */
	copies(
		workspaceId: string,
		at: { readonly tenantId: string; readonly entity: string; readonly ids: readonly string[] },
	): Promise<ReadonlyMap<string, XeroRecord>>;
	/** The entities of which the organisation has a record with that id: one, but for ids that people choose. */
	find(
		workspaceId: string,
		at: { readonly tenantId: string; readonly id: string },
	): Promise<readonly string[]>;
	/**
	 * All that are known of a connected organisation, by entity and id, with the copy of each where one is kept.
	 *
	 * @param after where the page before ended
	 */
	list(
		workspaceId: string,
		at: {
			readonly tenantId: string;
			readonly after?: RecordKey | undefined;
			readonly limit: number;
		},
	): Promise<{ readonly items: readonly RecordView[]; readonly next: RecordKey | undefined }>;
	/** Which of these ids are known, in the spelling of `recordId`; none where the workspace is not connected. */
	knownAmong(
		workspaceId: string,
		at: { readonly tenantId: string; readonly entity: string; readonly ids: readonly string[] },
	): Promise<ReadonlySet<string>>;
	/** How many are known and not deleted, by entity; none where the workspace is not connected. */
	count(workspaceId: string, tenantId: string): Promise<ReadonlyMap<string, number>>;
}

export function createKnownRecords(deps: {
	readonly db: Kysely<Tables>;
	readonly recordSealOf: RecordSealOf;
}): KnownRecords {
	const { db, recordSealOf } = deps;

	const findConnection = (workspaceId: string, tenantId: string) =>
		db
			.selectFrom('connections')
			.select(['id', 'record_epoch'])
			.where('workspace_id', '=', workspaceId)
			.where('tenant_id', '=', tenantId)
			.executeTakeFirst();

	return {
		async record(workspaceId, { entity: name, ...at }) {
			const unknown = new NotFoundError(
				`The hub knows no ${name} "${at.id}" of that organisation.`,
			);
			const entity = findEntity(name)?.entity;
			const tenantId = at.tenantId.toLowerCase();
			const connection = await findConnection(workspaceId, tenantId);
			if (entity === undefined || connection === undefined) throw unknown;
			const id = recordId(at.id);
			const place = { workspaceId, tenantId, entity, epoch: epochOf(connection) };
			const state = (await findStates(db, place, [id])).get(id);
			if (state === undefined) throw unknown;
			return viewOf(await recordSealOf(workspaceId), state, { tenantId, entity, id });
		},

		async copies(workspaceId, { entity: name, ids, ...at }) {
			const entity = findEntity(name)?.entity;
			const tenantId = at.tenantId.toLowerCase();
			const connection = await findConnection(workspaceId, tenantId);
			if (entity === undefined || connection === undefined) return new Map();
			const place = { workspaceId, tenantId, entity, epoch: epochOf(connection) };
			const states = await findStates(db, place, ids.map(recordId));
			const seal = await recordSealOf(workspaceId);
			const copies = new Map<string, XeroRecord>();
			for (const [id, state] of states) {
				if (state.record === null) continue;
				copies.set(id, seal.open(state.record, { tenantId, entity, id }));
			}
			return copies;
		},

		async list(workspaceId, { after, limit, ...at }) {
			const tenantId = at.tenantId.toLowerCase();
			const connection = await findConnection(workspaceId, tenantId);
			if (connection === undefined) return { items: [], next: undefined };
			const of = { workspaceId, tenantId, epoch: epochOf(connection) };
			const states = await listAllStates(db, of, { after, limit });
			const seal = await recordSealOf(workspaceId);
			const last = states.at(-1);
			return {
				items: states.map((state) => viewOf(seal, state, { tenantId, ...keyOf(state) })),
				next: states.length < limit || last === undefined ? undefined : keyOf(last),
			};
		},

		async find(workspaceId, at) {
			const tenantId = at.tenantId.toLowerCase();
			const connection = await findConnection(workspaceId, tenantId);
			if (connection === undefined) return [];
			const rows = await db
				.selectFrom('record_states')
				.select('entity')
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', '=', tenantId)
				.where(
					'entity',
					'in',
					XERO_ENTITIES.map(({ entity }) => entity),
				)
				.where('xero_id', '=', recordId(at.id))
				.where('epoch', '=', epochOf(connection))
				.execute();
			return rows.map(({ entity }) => entity);
		},

		async knownAmong(workspaceId, { entity: name, ids, ...at }) {
			const entity = findEntity(name)?.entity;
			const tenantId = at.tenantId.toLowerCase();
			const connection = await findConnection(workspaceId, tenantId);
			if (entity === undefined || connection === undefined) return new Set();
			const known = new Set<string>();
			for (const chunk of inChunks([...new Set(ids.map(recordId))])) {
				const rows = await db
					.selectFrom('record_states')
					.select('xero_id')
					.where('workspace_id', '=', workspaceId)
					.where('tenant_id', '=', tenantId)
					.where('entity', '=', entity)
					.where('xero_id', 'in', chunk)
					.where('epoch', '=', epochOf(connection))
					.execute();
				for (const { xero_id } of rows) known.add(xero_id);
			}
			return known;
		},

		async count(workspaceId, tenant) {
			const tenantId = tenant.toLowerCase();
			const connection = await findConnection(workspaceId, tenantId);
			if (connection === undefined) return new Map();
			const rows = await db
				.selectFrom('record_states')
				.select('entity')
				.select((e) => e.fn.countAll<number>().as('count'))
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', '=', tenantId)
				.where('epoch', '=', epochOf(connection))
				.where('deleted_at', 'is', null)
				.groupBy('entity')
				.execute();
			return new Map(rows.map(({ entity, count }) => [entity, Number(count)]));
		},
	};
}

function keyOf({ entity, id }: RecordKey): RecordKey {
	return { entity, id };
}

function viewOf(
	seal: RecordSeal,
	state: RecordState,
	place: RecordKey & { readonly tenantId: string },
): RecordView {
	const { tenantId, entity, id } = place;
	const record = state.record === null ? null : seal.open(state.record, place);
	return {
		tenantId,
		entity: record?.['Type'] === 'ACCPAY' ? 'bill' : entity,
		id,
		version: state.version,
		hash: state.hash,
		status: state.standing?.status ?? null,
		record,
		deleted: state.isDeleted,
		firstSeenAt: new Date(state.firstSeenAt).toISOString(),
		seenAt: new Date(state.seenAt).toISOString(),
	};
}
