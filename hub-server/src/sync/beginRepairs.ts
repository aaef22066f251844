import type { ExpressionBuilder, Kysely, Transaction } from 'kysely';
import { OVERLAP_MS, wholeSecond } from '../../protocol/xero';
import type { Engine } from '../database/engine';
import { firstIdAt, newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { listenedEntities } from '../gaps/listenedEntities';

/** A hub that comes and goes repairs an organisation four times an hour at most: what is found meanwhile, together. */
const PAUSE_MS = 15 * 60_000;

/** Connections that begin in one round. */
const CONNECTIONS_A_ROUND = 50;

/**
 * Begins the repair of connections with gaps: for all gaps of one together, a run for each entity that webhooks
 * tell and that a subscription listens to, whether it has a stream or not. One repair of a connection is under
 * way at a time; runs that failed join the next, with their gaps. Several processes may do so at once.
 *
 * @param options.keptMs how long events are kept: what was told longer ago is not known any more
 * @returns how many connections it was for; there may be more
 */
export async function beginRepairs(
	db: Kysely<Tables>,
	engine: Engine,
	{ now, keptMs }: { readonly now: number; readonly keptMs: number },
): Promise<number> {
	const found = await db
		.selectFrom('gaps as g')
		.innerJoin('connections as c', 'c.id', 'g.connection_id')
		.select('g.connection_id as id')
		.distinct()
		.where('g.repaired_at', 'is', null)
		.where('g.state', '=', 'found')
		.where('c.enabled', '=', 1)
		.where((e) =>
			e.not(
				e.exists(
					e
						.selectFrom('gap_repairs as r')
						.select('r.id')
						.whereRef('r.connection_id', '=', 'g.connection_id')
						.where((r) =>
							r.or([
								// Ids are made when a run begins; one of later, before a clock was set back.
								r.and([
									r('r.id', '>', firstIdAt(now - PAUSE_MS)),
									r('r.id', '<', firstIdAt(now + PAUSE_MS)),
								]),
								r.and([r('r.finished_at', 'is', null), r.not(hasFailed(r))]),
							]),
						),
				),
			),
		)
		.limit(CONNECTIONS_A_ROUND)
		.execute();
	for (const { id } of found) {
		await db.transaction().execute((tx) => beginRepair(tx, engine, id, { now, keptMs }));
	}
	return found.length;
}

async function beginRepair(
	tx: Transaction<Tables>,
	engine: Engine,
	connectionId: string,
	{ now, keptMs }: { readonly now: number; readonly keptMs: number },
): Promise<void> {
	const connection = await tx
		.selectFrom('connections')
		.select(['workspace_id as workspaceId', 'tenant_id as tenantId', 'record_epoch as epoch'])
		.where('id', '=', connectionId)
		.$if(engine === 'postgres', (q) => q.forNoKeyUpdate())
		.executeTakeFirst();
	const gaps = await tx
		.selectFrom('gaps')
		.select(['id', 'from_at as from'])
		.where('connection_id', '=', connectionId)
		.where('state', '=', 'found')
		.execute();
	if (connection === undefined || gaps.length === 0) return;
	const { workspaceId, tenantId, epoch } = connection;
	const from = Math.max(now - keptMs, Math.min(...gaps.map((gap) => gap.from)));
	const wasReset = epoch !== null && epoch >= firstIdAt(from);
	const listened = await listenedEntities(tx, [workspaceId]);
	const entities = wasReset ? [] : listened(connection);
	const batchId = newId(now);
	await tx
		.updateTable('gaps')
		.set(
			entities.length > 0
				? { state: 'repairing', batch_id: batchId }
				: { state: 'repaired', repaired_at: now, note: wasReset ? RESET : NOBODY_LISTENS },
		)
		.where(
			'id',
			'in',
			gaps.map(({ id }) => id),
		)
		.execute();
	if (entities.length === 0) return;
	// A change can become visible a little after its own time, and a webhook comes after it.
	const since = wholeSecond(from - OVERLAP_MS);
	const failed = await tx
		.selectFrom('gap_repairs')
		.select(['entity', 'batch_id as batch'])
		.where('connection_id', '=', connectionId)
		.where('finished_at', 'is', null)
		.execute();
	const batches = [...new Set(failed.map(({ batch }) => batch))];
	if (batches.length > 0) {
		await tx
			.updateTable('gap_repairs')
			.set((e) => ({
				batch_id: batchId,
				...{ status: 'running', error: null, position: null, next_at: now },
				since: e.case().when('since', '<', since).then(e.ref('since')).else(since).end(),
			}))
			.where('connection_id', '=', connectionId)
			.where('finished_at', 'is', null)
			.execute();
		for (const table of ['gap_repairs', 'gaps'] as const) {
			await tx
				.updateTable(table)
				.set({ batch_id: batchId })
				.where('batch_id', 'in', batches)
				.execute();
		}
	}
	const under = new Set(failed.map(({ entity }) => entity));
	const fresh = entities.filter(({ entity }) => !under.has(entity));
	if (fresh.length === 0) return;
	await tx
		.insertInto('gap_repairs')
		.values(
			fresh.map(({ entity }) => ({
				id: newId(now),
				batch_id: batchId,
				workspace_id: workspaceId,
				connection_id: connectionId,
				tenant_id: tenantId,
				entity,
				since,
				position: null,
				status: 'running' as const,
				waiting_for: null,
				error: null,
				started_at: now,
				finished_at: null,
				next_at: now,
				lease_id: null,
				lease_until: null,
			})),
		)
		.execute();
}

/** It waits to be tried again, for hours. */
function hasFailed(e: ExpressionBuilder<{ r: Tables['gap_repairs'] }, 'r'>) {
	return e.and([e('r.status', '=', 'waiting'), e('r.waiting_for', 'is', null)]);
}

const NOBODY_LISTENS =
	'No workflow listens to what webhooks tell any more, so nothing was read again.';

/** Also of what was found while the organisation was reset. */
export const RESET =
	'The organisation was reset at Xero since: all its records are new, and nothing of it is told.';
