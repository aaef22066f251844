import type { Kysely } from 'kysely';
import { endAlert } from '../alerts/endAlert';
import { raiseAlert } from '../alerts/raiseAlert';
import { quotasOf, type HubQuotas, type Quotas } from '../config/quotas';
import type { Tables } from '../database/tables';
import { readUsage, type KeptUsage } from '../events/keptUsage';
import type { WorkspaceStore } from '../workspaces/workspaceStore';

/** A workspace that keeps more than it may: its finished history is purged earlier. */
export interface OverQuota {
	readonly workspaceId: string;
}

/** Tells each that it is so, until it keeps clearly less. @param now epoch milliseconds */
export type FindOverQuota = (now: number) => Promise<readonly OverQuota[]>;

export const HISTORY_CUT_SHORT = 'history_cut_short';

/** An alert ends well below the quota, so that it does not come and go each hour. */
const CALM_FRACTION = 0.8;

export function createFindOverQuota(deps: {
	readonly db: Kysely<Tables>;
	readonly workspaces: Pick<WorkspaceStore, 'list'>;
	readonly quotas: HubQuotas;
}): FindOverQuota {
	const { db, workspaces, quotas } = deps;

	return async function findOverQuota(now) {
		const usage = await readUsage(db);
		const over: OverQuota[] = [];
		for (const { id: workspaceId, quotas: own } of await workspaces.list()) {
			const kept = usage.get(workspaceId);
			if (kept === undefined) continue;
			const limits = quotasOf(quotas, own);
			if (exceeds(kept, limits)) {
				over.push({ workspaceId });
				const message = messageOf(kept, limits);
				const alert = { workspaceId, kind: HISTORY_CUT_SHORT, subject: workspaceId, message };
				await raiseAlert(db, alert, now);
			} else if (!exceeds(kept, limits, CALM_FRACTION)) {
				await endAlert(db, { kind: HISTORY_CUT_SHORT, workspaceId }, now);
			}
		}
		return over;
	};
}

function exceeds({ events, bytes }: KeptUsage, { keptEvents, keptBytes }: Quotas, part = 1) {
	return events > keptEvents * part || bytes > keptBytes * part;
}

function messageOf({ events, bytes }: KeptUsage, { keptEvents, keptBytes }: Quotas): string {
	const [has, may] =
		events > keptEvents
			? [`${events} events`, `${keptEvents} (keptEvents)`]
			: [`${bytes} bytes of events and records`, `${keptBytes} (keptBytes)`];
	return (
		`This workspace keeps ${has} and may keep ${may}, so what is finished is deleted earlier than ` +
		'planned, the oldest first and nothing of the last two days. No event is refused, and what waits for a ' +
		'workflow stays. The operator of the hub raises the quota.'
	);
}
