import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';

/** How many subscriptions of each workspace get deliveries, now or when they wake; those without any are left out. */
export async function countActiveWishes(
	db: Kysely<Tables>,
	workspaceIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
	if (workspaceIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('subscriptions')
		.select(['workspace_id', (e) => e.fn.countAll<number>().as('count')])
		.where('workspace_id', 'in', [...workspaceIds])
		.where('status', 'in', ['active', 'parked'])
		.groupBy('workspace_id')
		.execute();
	return new Map(rows.map((row) => [row.workspace_id, Number(row.count)]));
}
