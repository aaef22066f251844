import type { Kysely } from 'kysely';
import { inChunks } from '../database/inChunks';
import type { Tables } from '../database/tables';
import type { XeroEntity } from '../records/xeroEntities';
import { comparedEntities, type EventWish } from './comparedEntities';
import { pagesOf } from './estimateCalls';
import type { MeasureList } from './measureList';
import { readRun, readStream } from './readStream';
import type { Stream, SyncRun } from './Stream';

/** What reading a list once costs; null: nobody knows before Xero was asked. */
export interface BaselineEstimate {
	readonly records: number | null;
	readonly calls: number | null;
	/** As Xero sends them. */
	readonly bytes: number | null;
}

/** The first reading of one entity of one organisation, before which nothing can be told of how it changes. */
export interface Baseline {
	readonly tenantId: string;
	readonly entity: string;
	/** `off`: nobody reads it, for it or the organisation's sync is switched off. */
	readonly state: 'done' | 'running' | 'waiting' | 'due' | 'off';
	readonly estimate: BaselineEstimate;
}

/** One as the ledger knows it. */
interface FoundBaseline {
	readonly connection: { readonly id: string; readonly workspaceId: string };
	readonly entity: XeroEntity;
	readonly baseline: Baseline;
}

/** Each asks Xero once. */
const MEASURED_AT_MOST = 5;

/** See `SyncSide.baselinesOf`. */
export function createBaselinesOf(deps: {
	readonly db: Kysely<Tables>;
	readonly measureList: MeasureList;
}) {
	return async (
		workspaceId: string,
		wish: EventWish,
		{ asksXero }: { readonly asksXero: boolean },
	): Promise<readonly Baseline[]> => {
		const found = await listBaselines(deps.db, workspaceId, wish);
		const unmeasured = found.filter(
			({ entity, baseline: { state, estimate } }) =>
				entity.list === 'sized' && state !== 'done' && state !== 'off' && estimate.records === null,
		);
		const asked = new Set(asksXero ? unmeasured.slice(0, MEASURED_AT_MOST) : []);
		return Promise.all(
			found.map(async (one) =>
				asked.has(one)
					? { ...one.baseline, estimate: await deps.measureList(one.connection, one.entity) }
					: one.baseline,
			),
		);
	};
}

async function listBaselines(
	db: Kysely<Tables>,
	workspaceId: string,
	wish: EventWish,
): Promise<readonly FoundBaseline[]> {
	const entities = comparedEntities(wish);
	if (entities.length === 0) return [];
	const tenantIds = wish.tenantIds.map((id) => id.toLowerCase());
	const connections = await db
		.selectFrom('connections')
		.select(['id', 'tenant_id as tenantId', 'sync_enabled as isOn', 'enabled'])
		.where('workspace_id', '=', workspaceId)
		.$if(tenantIds.length > 0, (q) => q.where('tenant_id', 'in', tenantIds))
		.orderBy('id')
		.execute();
	const rows = await db
		.selectFrom('sync_streams')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where(
			'entity',
			'in',
			entities.map(({ entity }) => entity),
		)
		.execute();
	const streams = new Map(
		rows.map(readStream).map((one) => [`${one.connectionId} ${one.entity.entity}`, one]),
	);
	const runs = new Map<string, SyncRun>();
	const runIds = rows.flatMap(({ run_id: id }) => id ?? []);
	for (const ids of inChunks(runIds)) {
		const found = await db.selectFrom('sync_runs').selectAll().where('id', 'in', ids).execute();
		for (const row of found) runs.set(row.id, readRun(row));
	}
	return connections.flatMap((connection) =>
		entities.map((entity) => {
			const stream = streams.get(`${connection.id} ${entity.entity}`);
			const run = runs.get(stream?.runId ?? '');
			const isOn = connection.isOn === 1 && connection.enabled === 1;
			return {
				entity,
				connection: { id: connection.id, workspaceId },
				baseline: {
					tenantId: connection.tenantId,
					entity: entity.entity,
					state: stateOf(isOn ? stream : undefined, run),
					estimate: estimateBaseline(entity, stream, run),
				},
			};
		}),
	);
}

function stateOf(
	stream: Pick<Stream, 'enabled' | 'baselineAt'> | undefined,
	run: SyncRun | undefined,
): Baseline['state'] {
	if (stream !== undefined && stream.baselineAt !== null) return 'done';
	if (stream?.enabled !== true) return 'off';
	if (run === undefined) return 'due';
	return run.status === 'waiting' ? 'waiting' : 'running';
}

/** From what was read of the list so far. */
export function estimateBaseline(
	entity: XeroEntity,
	stream: Pick<Stream, 'known' | 'knownBytes' | 'baselineAt' | 'total'> | undefined,
	run: Pick<SyncRun, 'seen' | 'bytes'> | undefined,
): BaselineEstimate {
	if (stream !== undefined && stream.baselineAt !== null) {
		const { known, knownBytes } = stream;
		return { records: known, calls: pagesOf(entity, known), bytes: knownBytes };
	}
	const isPaged = entity.list === 'sized' || entity.list === 'fixed';
	const total = stream?.total ?? null;
	if (total === null) return { records: null, calls: isPaged ? null : 1, bytes: null };
	const isMeasured = run !== undefined && run.seen > 0;
	return {
		records: total,
		calls: pagesOf(entity, total),
		bytes: isMeasured ? Math.ceil((run.bytes / run.seen) * Math.max(total, run.seen)) : null,
	};
}
