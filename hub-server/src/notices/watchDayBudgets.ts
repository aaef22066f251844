import type { Kysely } from 'kysely';
import { endAlert } from '../alerts/endAlert';
import { raiseAlert } from '../alerts/raiseAlert';
import type { Tables } from '../database/tables';
import { STARTER_CALLS, USUAL_CALLS } from '../workspaces/tiers';
import { connectionName } from '../xero/connections/connectionName';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import type { ReadDayBudgets } from '../xero/pacing/dayBudgets';

export const DAY_BUDGET_LOW = 'day_budget_low';

/** Below a tenth of the day's calls. */
const LOW = 0.1;

/** @param now epoch milliseconds */
export async function watchDayBudgets(
	deps: {
		readonly db: Kysely<Tables>;
		readonly connections: Pick<ConnectionRows, 'list'>;
		readonly readDayBudgets: ReadDayBudgets;
	},
	now: number,
): Promise<void> {
	const { db, connections, readDayBudgets } = deps;
	const apps = await db.selectFrom('app_keys').select(['workspace_id', 'tier']).execute();
	for (const { workspace_id: workspaceId, tier } of apps) {
		const held = await connections.list(workspaceId);
		const budgets = await readDayBudgets(held);
		const calls = tier === 'starter' ? STARTER_CALLS : USUAL_CALLS;
		for (const [index, connection] of held.entries()) {
			const alert = { workspaceId, kind: DAY_BUDGET_LOW, subject: connection.tenantId };
			const left = budgets[index]?.left;
			if (left === undefined || left >= calls * LOW) {
				await endAlert(db, alert, now);
				continue;
			}
			const message =
				`Xero leaves ${left} calls of today's ${calls} for ${connectionName(connection)}. When they are used up, ` +
				'every call of its workflows is refused until the day is over, and events go out without their ' +
				'records. See which workflow calls most, and let it read less often or more at a time.';
			await raiseAlert(db, { ...alert, message }, now);
		}
	}
}
