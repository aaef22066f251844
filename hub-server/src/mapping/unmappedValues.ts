import { sql, type Kysely, type Selectable } from 'kysely';
import type { Clock } from '../clock';
import { newId } from '../database/newId';
import { toPage, type Page, type PageRequest } from '../database/page';
import type { MappingKind, Tables } from '../database/tables';
import type { MappingDirection, MappingScope, WantedValue } from './Mapping';
import type { MappingsOf } from './mappingStore';

/** A value that was asked for, and that nobody has mapped. */
export interface UnmappedValue {
	readonly kind: MappingKind;
	readonly key: string;
	/** Of a tax rate. */
	readonly direction?: MappingDirection | undefined;
	/** Which asked. */
	readonly system: string;
	/** How often it was asked for. */
	readonly times: number;
	/** Where it stood last, such as "invoice 1042, line 2". */
	readonly where: string | null;
	/** Of the document on which it stood last. */
	readonly seenOn: MappingDirection | null;
	/** Epoch milliseconds. */
	readonly firstSeenAt: number;
	readonly seenAt: number;
}

/** What an organisation's mapping page asks people about. */
export interface UnmappedValues {
	/** Counts each as often as it is wanted. Durable once resolved. */
	remember(scope: MappingScope, wanted: readonly WantedValue[]): Promise<void>;
	/** Newest first. */
	list(
		of: MappingsOf,
		filter: { readonly kind?: MappingKind | undefined; readonly system?: string | undefined },
		page: PageRequest,
	): Promise<Page<UnmappedValue>>;
	/** Those that were asked for most often first. */
	most(
		of: MappingsOf,
		filter: { readonly kind?: MappingKind | undefined },
		limit: number,
	): Promise<readonly UnmappedValue[]>;
	/** How many, by kind. */
	count(of: MappingsOf): Promise<ReadonlyMap<MappingKind, number>>;
	/** How many, by organisation; those that have none are not there. */
	countByOrganisation(workspaceId: string): Promise<ReadonlyMap<string, number>>;
	/** One that is not to be mapped; it comes back when it is asked for again. */
	forget(
		of: MappingsOf,
		value: Pick<UnmappedValue, 'kind' | 'key' | 'direction' | 'system'>,
	): Promise<void>;
}

/** Of one organisation: above it, those that were not seen for the longest time go. */
const MOST_KEPT = 5_000;

const LONGEST_PLACE = 200;

export function createUnmappedValues(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	readonly mostKept?: number;
}): UnmappedValues {
	const { db, now, mostKept = MOST_KEPT } = deps;

	const selectOf = ({ workspaceId, tenantId }: MappingsOf) =>
		db
			.selectFrom('unmapped_values')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.where('tenant_id', '=', tenantId.toLowerCase());

	async function makeRoom({ workspaceId, tenantId }: MappingsOf): Promise<void> {
		const { count } = await db
			.selectFrom('unmapped_values')
			.select((e) => e.fn.countAll().as('count'))
			.where('workspace_id', '=', workspaceId)
			.where('tenant_id', '=', tenantId)
			.executeTakeFirstOrThrow();
		const over = Number(count) - mostKept;
		if (over <= 0) return;
		await db
			.deleteFrom('unmapped_values')
			.where('id', 'in', (e) =>
				e
					.selectFrom('unmapped_values')
					.select('id')
					.where('workspace_id', '=', workspaceId)
					.where('tenant_id', '=', tenantId)
					.orderBy('seen_at')
					.orderBy('id')
					.limit(over),
			)
			.execute();
	}

	return {
		async remember({ workspaceId, tenantId: tenant, system }, wanted) {
			const tenantId = tenant.toLowerCase();
			const at = now();
			const byName = Map.groupBy(wanted, ({ kind, key, direction }) =>
				JSON.stringify([kind, key, directionOf(kind, direction)]),
			);
			const rows = [...byName.values()].slice(-mostKept).map((some) => {
				const last = some.at(-1) as WantedValue;
				return {
					id: newId(at),
					workspace_id: workspaceId,
					tenant_id: tenantId,
					kind: last.kind,
					key: last.key,
					direction: directionOf(last.kind, last.direction),
					system,
					times: some.length,
					where_seen: last.where?.slice(0, LONGEST_PLACE) ?? null,
					document_direction: last.direction ?? null,
					first_seen_at: at,
					seen_at: at,
				};
			});
			for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
				await db
					.insertInto('unmapped_values')
					.values(rows.slice(start, start + ROWS_A_STATEMENT))
					.onConflict((conflict) =>
						conflict
							.columns(['workspace_id', 'tenant_id', 'kind', 'key', 'direction', 'system'])
							.doUpdateSet((e) => ({
								times: sql<number>`unmapped_values.times + excluded.times`,
								where_seen: e.fn.coalesce('excluded.where_seen', 'unmapped_values.where_seen'),
								document_direction: e.fn.coalesce(
									'excluded.document_direction',
									'unmapped_values.document_direction',
								),
								seen_at: e.ref('excluded.seen_at'),
							})),
					)
					.execute();
			}
			if (rows.length > 0) await makeRoom({ workspaceId, tenantId });
		},

		async list(of, { kind, system }, { cursor, limit }) {
			const rows = await selectOf(of)
				.$if(kind !== undefined, (q) => q.where('kind', '=', kind as MappingKind))
				.$if(system !== undefined, (q) => q.where('system', '=', system as string))
				.$if(cursor !== undefined, (q) => q.where('id', '<', cursor as string))
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			return toPage(rows, limit, toUnmapped);
		},

		async most(of, { kind }, limit) {
			const rows = await selectOf(of)
				.$if(kind !== undefined, (q) => q.where('kind', '=', kind as MappingKind))
				.orderBy('times', 'desc')
				.orderBy('key')
				.orderBy('id')
				.limit(limit)
				.execute();
			return rows.map(toUnmapped);
		},

		async count({ workspaceId, tenantId }) {
			const rows = await db
				.selectFrom('unmapped_values')
				.select('kind')
				.select((e) => e.fn.countAll().as('count'))
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', '=', tenantId.toLowerCase())
				.groupBy('kind')
				.execute();
			return new Map(rows.map(({ kind, count }) => [kind, Number(count)]));
		},

		async countByOrganisation(workspaceId) {
			const rows = await db
				.selectFrom('unmapped_values')
				.select('tenant_id')
				.select((e) => e.fn.countAll().as('count'))
				.where('workspace_id', '=', workspaceId)
				.groupBy('tenant_id')
				.execute();
			return new Map(rows.map((row) => [row.tenant_id, Number(row.count)]));
		},

		async forget({ workspaceId, tenantId }, { kind, key, direction, system }) {
			await db
				.deleteFrom('unmapped_values')
				.where('workspace_id', '=', workspaceId)
				.where('tenant_id', '=', tenantId.toLowerCase())
				.where('kind', '=', kind)
				.where('key', '=', key)
				.where('direction', '=', direction ?? '')
				.where('system', '=', system)
				.execute();
		},
	};
}

const ROWS_A_STATEMENT = 1_000;

/** Only tax rates differ by it. */
function directionOf(
	kind: MappingKind,
	direction: MappingDirection | undefined,
): MappingDirection | '' {
	return kind === 'tax_rate' ? (direction ?? '') : '';
}

function toUnmapped(row: Selectable<Tables['unmapped_values']>): UnmappedValue {
	return {
		kind: row.kind,
		key: row.key,
		...(row.direction !== '' && { direction: row.direction }),
		system: row.system,
		times: Number(row.times),
		where: row.where_seen,
		seenOn: row.document_direction,
		firstSeenAt: row.first_seen_at,
		seenAt: row.seen_at,
	};
}
