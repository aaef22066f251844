import type { Clock } from '../../clock';
import { paceOrg } from './paceOrg';
import type { PaceStore } from './PaceStore';

/** What is known of an organisation's calls of the day. */
export interface DayBudget {
	/** Calls that were left. */
	readonly left: number;
	/** When Xero said so; epoch milliseconds. */
	readonly at: number;
	/** Only once it is spent and Xero said so: when calls are there again; epoch milliseconds. */
	readonly fullAt: number | undefined;
}

/** Whose calls are counted together. */
interface Counted {
	readonly clientId: string;
	readonly tenantId: string;
}

/** What Xero's last answers said, in the order asked; undefined where that was before its present day. */
export type ReadDayBudgets = (
	organisations: readonly Counted[],
) => Promise<readonly (DayBudget | undefined)[]>;

const DAY_MS = 24 * 3600_000;

export function createReadDayBudgets(deps: {
	readonly store: Pick<PaceStore, 'read'>;
	readonly clock: Clock;
}): ReadDayBudgets {
	return async (organisations) => {
		const orgs = organisations.map(({ clientId, tenantId }) => paceOrg(clientId, tenantId));
		const { paces, now } = await deps.store.read(orgs);
		const timeOfDay = (at: number) => Math.round(deps.clock() + at - now);
		return orgs.map((org) => {
			const pace = paces.get(org);
			if (pace?.day === undefined || pace.day.at <= now - DAY_MS) return undefined;
			const day = { left: pace.day.left, at: timeOfDay(pace.day.at) };
			if (pace.dayUntil > now) return { ...day, fullAt: timeOfDay(pace.dayUntil) };
			const isOfDayBefore = pace.day.at < pace.dayUntil;
			return isOfDayBefore ? undefined : { ...day, fullAt: undefined };
		});
	};
}
