import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables';
import type { ReadDayBudgets } from './dayBudgets';

/** What Xero leaves the organisations of the hub today, as far as it has said so. */
export interface DayCallsLeft {
	/** Of the organisation that has fewest; undefined where nothing is known of any. */
	readonly fewest: number | undefined;
	/** How many organisations have none. */
	readonly spent: number;
}

/** Over all organisations, each counted once for each app. */
export async function dayCallsLeft(
	db: Kysely<Tables>,
	readDayBudgets: ReadDayBudgets,
): Promise<DayCallsLeft> {
	const held = await db
		.selectFrom('connections')
		.innerJoin('grants', 'grants.id', 'connections.grant_id')
		.select(['grants.client_id as clientId', 'connections.tenant_id as tenantId'])
		.distinct()
		.execute();
	const budgets = await readDayBudgets(held);
	const left = budgets.flatMap((budget) => (budget === undefined ? [] : [budget.left]));
	return {
		fewest: left.length === 0 ? undefined : left.reduce((least, one) => Math.min(least, one)),
		spent: left.filter((calls) => calls === 0).length,
	};
}
