import type { Kysely } from 'kysely';
import type { FindTroubles } from '../alerts/alertLedger';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';

/** After that Xero does not send it again, and whoever reads of it has looked. */
const TOLD_DAYS = 7;

const DAY_MS = 24 * 3600_000;

/**
 * Finds organisations with gaps that cannot be repaired: Xero refuses what the repair asks, or this hub has no
 * sync. A day budget comes back by itself, and a consent has an alert of its own.
 */
export function createFindGapTroubles(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	/** Whether gaps are repaired at all. */
	readonly isSyncOn: boolean;
}): FindTroubles {
	const { db, now, isSyncOn } = deps;

	return async function findGapTroubles(workspaceId) {
		const rows = await db
			.selectFrom('gaps as g')
			.innerJoin('connections as c', 'c.id', 'g.connection_id')
			.leftJoin('gap_repairs as r', (join) =>
				join
					.onRef('r.batch_id', '=', 'g.batch_id')
					.on('r.finished_at', 'is', null)
					.on('r.status', '=', 'waiting')
					.on('r.waiting_for', 'is', null),
			)
			.select(['g.workspace_id as workspaceId', 'g.connection_id as connectionId'])
			.select(['c.tenant_name as name', 'c.tenant_id as tenantId'])
			.select((e) => [
				e.fn.min('g.found_at').as('since'),
				e.fn.min('g.from_at').as('from'),
				e.fn.max('g.until_at').as('until'),
				e.fn.max('r.error').as('error'),
			])
			.where('g.repaired_at', 'is', null)
			.where('c.enabled', '=', 1)
			.$if(isSyncOn, (q) => q.where('r.id', 'is not', null))
			.$if(!isSyncOn, (q) => q.where('g.found_at', '>', now() - TOLD_DAYS * DAY_MS))
			.$if(workspaceId !== undefined, (q) => q.where('g.workspace_id', '=', workspaceId as string))
			.groupBy(['g.workspace_id', 'g.connection_id', 'c.tenant_name', 'c.tenant_id'])
			.execute();
		return rows.map((row) => ({
			workspaceId: row.workspaceId,
			kind: 'gap_not_repaired' as const,
			subject: row.connectionId,
			since: Number(row.since),
			describe: async () =>
				`Webhooks of ${row.name ?? row.tenantId} may have been missed between ${minute(Number(row.from))} and ` +
				`${minute(Number(row.until))}, and what changed then ` +
				(isSyncOn
					? `could not be read: ${row.error ?? 'Xero did not answer'} It is tried again every few hours.`
					: 'is not read again, for this hub runs with HUB_SYNC=off. Xero sends what it could not deliver again ' +
						'for a day; for the rest set HUB_SYNC=on, or use Get Many with "modified since".'),
		}));
	};
}

function minute(at: number): string {
	return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
