import type { Clock } from '../../clock';
import type { DayLeft } from './orgPace';
import { paceOrg } from './paceOrg';
import type { PaceStore } from './PaceStore';

/** What is known of an organisation's calls of the day. */
export interface DayBudget extends DayLeft {
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
		const paces = await deps.store.read(orgs);
		const now = deps.clock();
		return orgs.map((org) => {
			const pace = paces.get(org);
			if (pace?.day === undefined || pace.day.at <= now - DAY_MS) return undefined;
			if (pace.dayUntil > now) return { ...pace.day, fullAt: pace.dayUntil };
			const isOfDayBefore = pace.day.at < pace.dayUntil;
			return isOfDayBefore ? undefined : { ...pace.day, fullAt: undefined };
		});
	};
}
