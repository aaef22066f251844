import { sql, type Kysely, type Selectable } from 'kysely';
import type { Clock } from '../clock';
import { inChunks } from '../database/inChunks';
import { newId } from '../database/newId';
import { toPage, type Page, type PageRequest } from '../database/page';
import type { MappingKind, Tables } from '../database/tables';
import { QuotaReachedError } from '../errors/requestErrors';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';
import { patternOf } from './likePattern';
import type { MappedValue, Mapping, MappingDirection, MappingScope } from './Mapping';

/** Any system. */
export const ANY_SYSTEM = '*';

/** Which organisation of a workspace. */
export type MappingsOf = Pick<MappingScope, 'workspaceId' | 'tenantId'>;

/** What tells mappings of one organisation apart. */
export type MappingName = Pick<Mapping, 'system' | 'kind' | 'key' | 'direction'>;

/** A mapping as the ledger has it. */
export interface StoredMapping extends Mapping {
	readonly id: string;
	/** Xero's id of what it was mapped to, whatever that is called since; null where it has none. */
	readonly xeroId: string | null;
}

/** A mapping that was checked against what the organisation has. */
export type NewMapping = Omit<Mapping, 'state' | 'reason' | 'updatedAt'> &
	Pick<StoredMapping, 'xeroId'>;

/** What a check found of a mapping; its value follows what Xero calls it now. */
export type MappingVerdict = Pick<StoredMapping, 'id' | 'state' | 'reason'> &
	Partial<Pick<StoredMapping, 'value' | 'xeroId' | 'label'>>;

export interface MappingFilter {
	readonly kind?: MappingKind | undefined;
	readonly system?: string | undefined;
	readonly state?: Mapping['state'] | undefined;
	/** A part of the key, or of Xero's name. */
	readonly search?: string | undefined;
}

/** Mappings, each of one organisation in one workspace. Everything is durable once resolved. */
export interface MappingStore {
	/** Newest first. */
	list(of: MappingsOf, filter: MappingFilter, page: PageRequest): Promise<Page<StoredMapping>>;
	/** All that may answer for these keys: of the system and of any, of every direction. */
	findMany(
		scope: MappingScope,
		wanted: ReadonlyArray<Pick<Mapping, 'kind' | 'key'>>,
	): Promise<readonly StoredMapping[]>;
	/** Those that were mapped to these things of Xero's. */
	findByXeroIds(of: MappingsOf, xeroIds: readonly string[]): Promise<readonly StoredMapping[]>;
	/**
	 * Makes them, or puts them in the place of those of the same name; all or nothing. The values are not unmapped any more.
	 *
	 * @throws QuotaReachedError
	 */
	putMany(of: MappingsOf, mappings: readonly NewMapping[]): Promise<void>;
	/** @returns whether there was one */
	remove(of: MappingsOf, name: MappingName): Promise<boolean>;
	/** What was changed by a person since `checkedAt` stays. */
	judge(of: MappingsOf, verdicts: readonly MappingVerdict[], checkedAt: number): Promise<void>;
	/** How many, by state. */
	count(of: MappingsOf): Promise<{ readonly ok: number; readonly broken: number }>;
	/** Organisations that have mappings, in the order of workspace and organisation. */
	organisations(page: {
		readonly after?: MappingsOf | undefined;
		readonly limit: number;
	}): Promise<readonly MappingsOf[]>;
}

export function createMappingStore(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'of'>;
}): MappingStore {
	const { db, now, workspaceLimits } = deps;

	const selectOf = ({ workspaceId, tenantId }: MappingsOf) =>
		db
			.selectFrom('mappings')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.where('tenant_id', '=', tenantId.toLowerCase());

	return {
		async list(of, { kind, system, state, search }, { cursor, limit }) {
			let query = selectOf(of);
			if (kind !== undefined) query = query.where('kind', '=', kind);
			if (system !== undefined) query = query.where('system', '=', system);
			if (state !== undefined) query = query.where('state', '=', state);
			if (search !== undefined) {
				const pattern = patternOf(search);
				query = query.where(sql<boolean>`(
					lower(key) like ${pattern} escape '\\' or lower(coalesce(label, '')) like ${pattern} escape '\\')`);
			}
			if (cursor !== undefined) query = query.where('id', '<', cursor);
			const rows = await query
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			return toPage(rows, limit, toMapping);
		},

		async findMany(scope, wanted) {
			const found: StoredMapping[] = [];
			const byKind = Map.groupBy(wanted, ({ kind }) => kind);
			for (const [kind, some] of byKind) {
				for (const keys of inChunks([...new Set(some.map(({ key }) => key))])) {
					const rows = await selectOf(scope)
						.where('kind', '=', kind)
						.where('key', 'in', keys)
						.where('system', 'in', [scope.system, ANY_SYSTEM])
						.execute();
					found.push(...rows.map(toMapping));
				}
			}
			return found;
		},

		async findByXeroIds(of, xeroIds) {
			const found: StoredMapping[] = [];
			for (const ids of inChunks([...new Set(xeroIds)])) {
				const rows = await selectOf(of).where('xero_id', 'in', ids).execute();
				found.push(...rows.map(toMapping));
			}
			return found;
		},

		async putMany(of, mappings) {
			if (mappings.length === 0) return;
			const { workspaceId } = of;
			const tenantId = of.tenantId.toLowerCase();
			const at = now();
			const last = new Map(mappings.map((mapping) => [nameOf(mapping), mapping]));
			const { mappings: limit } = await workspaceLimits.of(workspaceId);
			await db.transaction().execute(async (tx) => {
				for (const chunk of inChunks([...last.values()])) {
					await tx
						.insertInto('mappings')
						.values(
							chunk.map((mapping) => ({
								id: newId(at),
								workspace_id: workspaceId,
								tenant_id: tenantId,
								system: mapping.system,
								kind: mapping.kind,
								key: mapping.key,
								direction: mapping.direction ?? '',
								value: JSON.stringify(mapping.value),
								xero_id: mapping.xeroId,
								label: mapping.label,
								state: 'ok' as const,
								reason: null,
								updated_at: at,
							})),
						)
						.onConflict((conflict) =>
							conflict
								.columns(['workspace_id', 'tenant_id', 'kind', 'key', 'direction', 'system'])
								.doUpdateSet((e) => ({
									value: e.ref('excluded.value'),
									xero_id: e.ref('excluded.xero_id'),
									label: e.ref('excluded.label'),
									state: e.ref('excluded.state'),
									reason: e.ref('excluded.reason'),
									updated_at: e.ref('excluded.updated_at'),
								})),
						)
						.execute();
					for (const { kind, key, system, direction } of chunk) {
						await tx
							.deleteFrom('unmapped_values')
							.where('workspace_id', '=', workspaceId)
							.where('tenant_id', '=', tenantId)
							.where('kind', '=', kind)
							.where('key', '=', key)
							.$if(system !== ANY_SYSTEM, (q) => q.where('system', '=', system))
							.$if(direction !== undefined, (q) =>
								q.where('direction', '=', direction as MappingDirection),
							)
							.execute();
					}
				}
				const { count } = await tx
					.selectFrom('mappings')
					.select((e) => e.fn.countAll().as('count'))
					.where('workspace_id', '=', workspaceId)
					.where('tenant_id', '=', tenantId)
					.executeTakeFirstOrThrow();
				if (Number(count) > limit) throw new QuotaReachedError('mappings', limit);
			});
		},

		async remove({ workspaceId, tenantId }, { system, kind, key, direction }) {
			const { numDeletedRows } = await db
				.deleteFrom('mappings')
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', '=', tenantId.toLowerCase())
				.where('kind', '=', kind)
				.where('key', '=', key)
				.where('direction', '=', direction ?? '')
				.where('system', '=', system)
				.executeTakeFirst();
			return numDeletedRows > 0n;
		},

		async judge({ workspaceId, tenantId }, verdicts, checkedAt) {
			for (const { id, state, reason, value, xeroId, label } of verdicts) {
				await db
					.updateTable('mappings')
					.set({
						state,
						reason,
						...(value !== undefined && { value: JSON.stringify(value) }),
						...(xeroId !== undefined && { xero_id: xeroId }),
						...(label !== undefined && { label }),
					})
					.where('workspace_id', '=', workspaceId)
					.where('tenant_id', '=', tenantId.toLowerCase())
					.where('id', '=', id)
					.where('updated_at', '<=', checkedAt)
					.execute();
			}
		},

		async count({ workspaceId, tenantId }) {
			const rows = await db
				.selectFrom('mappings')
				.select('state')
				.select((e) => e.fn.countAll().as('count'))
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', '=', tenantId.toLowerCase())
				.groupBy('state')
				.execute();
			const of = (state: Mapping['state']) =>
				Number(rows.find((row) => row.state === state)?.count ?? 0);
			return { ok: of('ok'), broken: of('broken') };
		},

		async organisations({ after, limit }) {
			const rows = await db
				.selectFrom('mappings')
				.select(['workspace_id', 'tenant_id'])
				.distinct()
				.$if(after !== undefined, (q) =>
					q.where(
						sql<boolean>`(workspace_id, tenant_id) > (${after?.workspaceId}, ${after?.tenantId})`,
					),
				)
				.orderBy('workspace_id')
				.orderBy('tenant_id')
				.limit(limit)
				.execute();
			return rows.map((row) => ({ workspaceId: row.workspace_id, tenantId: row.tenant_id }));
		},
	};
}

/** The same for mappings of the same name. */
export function nameOf({ system, kind, key, direction }: MappingName): string {
	return JSON.stringify([system, kind, key, direction ?? '']);
}

function toMapping(row: Selectable<Tables['mappings']>): StoredMapping {
	return {
		id: row.id,
		system: row.system,
		kind: row.kind,
		key: row.key,
		value: JSON.parse(row.value) as MappedValue,
		...(row.direction !== '' && { direction: row.direction }),
		xeroId: row.xero_id,
		label: row.label,
		state: row.state,
		reason: row.reason,
		updatedAt: row.updated_at,
	};
}
