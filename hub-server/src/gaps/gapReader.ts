import type { Kysely, Selectable } from 'kysely';
import { toPage, type Page, type PageRequest } from '../database/page';
import type { Tables } from '../database/tables';
import type { Gap, GapRun } from './Gap';

/** The gaps of workspaces. Another workspace's do not exist for it. */
export interface GapReader {
	/** Newest first. */
	list(
		workspaceId: string,
		page: PageRequest & {
			readonly tenantId?: string | undefined;
			/** One of these. */
			readonly tenantIds?: readonly string[] | undefined;
		},
	): Promise<Page<Gap>>;
}

/** @param options.isSyncOn whether gaps are repaired at all */
export function createGapReader(
	db: Kysely<Tables>,
	{ isSyncOn }: { readonly isSyncOn: boolean },
): GapReader {
	return {
		async list(workspaceId, { tenantId, tenantIds, cursor, limit }) {
			const rows = await db
				.selectFrom('gaps')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.$if(tenantId !== undefined, (q) =>
					q.where('tenant_id', '=', tenantId?.toLowerCase() ?? ''),
				)
				.$if(tenantIds !== undefined, (q) => q.where('tenant_id', 'in', tenantIds ?? []))
				.$if(cursor !== undefined, (q) => q.where('id', '<', cursor as string))
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			const repairs = await repairsOf(
				db,
				rows.flatMap(({ batch_id: batch }) => batch ?? []),
			);
			return toPage(rows, limit, (row) =>
				readGap(row, repairs.get(row.batch_id ?? '') ?? [], isSyncOn),
			);
		},
	};
}

async function repairsOf(db: Kysely<Tables>, batches: readonly string[]) {
	if (batches.length === 0) return new Map<string, Repair[]>();
	const rows = await db
		.selectFrom('gap_repairs')
		.selectAll()
		.where('batch_id', 'in', [...new Set(batches)])
		.orderBy('id')
		.execute();
	return Map.groupBy(rows, ({ batch_id: batch }) => batch);
}

type Repair = Selectable<Tables['gap_repairs']>;

function readGap(
	row: Selectable<Tables['gaps']>,
	repairs: readonly Repair[],
	isSyncOn: boolean,
): Gap {
	const open = repairs.filter(({ finished_at: at }) => at === null);
	const [first] = [...open].sort((a, b) => a.next_at - b.next_at);
	const isStuck = first !== undefined && open.every(({ status }) => status === 'waiting');
	const isOff = row.state !== 'repaired' && !isSyncOn;
	const waits = isOff || (row.state === 'repairing' && isStuck);
	return {
		id: row.id,
		tenantId: row.tenant_id,
		kind: row.kind,
		from: row.from_at,
		until: row.until_at,
		state: waits ? 'waiting' : row.state,
		waitingFor: isOff ? 'sync_off' : waits ? (first?.waiting_for ?? 'failed') : null,
		resumesAt: waits && !isOff ? (first?.next_at ?? null) : null,
		foundAt: row.found_at,
		repairedAt: row.repaired_at,
		note: row.note,
		runs: repairs.map(readRepair),
	};
}

function readRepair(row: Repair): GapRun {
	return {
		id: row.id,
		entity: row.entity,
		status: row.status,
		startedAt: row.started_at,
		finishedAt: row.finished_at,
		calls: row.calls,
		bytes: row.bytes,
		seen: row.seen,
		told: row.told,
		error: row.error,
	};
}
