import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import { noteGap } from './noteGap';

/** Shows that a hub runs and can write, in the ledger itself: what it could not write, it could not take either. */
export interface HubPulse {
	/**
	 * Writes down that it is so now. Where no hub had for longer than a restart takes, that time is a gap of
	 * every connection.
	 *
	 * @returns for how many connections it is one
	 */
	beat(): Promise<number>;
}

export const BEAT_EVERY_MS = 30_000;

/**
 * What Xero could not deliver in a shorter time, it sends again a quarter of an hour later (its guide: at once,
 * then every 15 minutes and less often).
 */
const SHORTEST_OUTAGE_MS = 5 * 60_000;

/** All processes that take webhooks share it: one of them is enough. */
const INGEST = 'ingest';

export function createHubPulse(deps: {
	readonly db: Kysely<Tables>;
	readonly engine: Engine;
	readonly now: Clock;
}): HubPulse {
	const { db, engine, now } = deps;
	return {
		beat: () =>
			db.transaction().execute(async (tx) => {
				const last = await tx
					.selectFrom('hub_pulse')
					.select('beat_at')
					.where('name', '=', INGEST)
					.$if(engine === 'postgres', (q) => q.forUpdate())
					.executeTakeFirst();
				const at = now();
				await setPulse(tx, at);
				if (last === undefined || at - last.beat_at < SHORTEST_OUTAGE_MS) return 0;
				return noteGap(tx, { kind: 'outage', from: last.beat_at, until: at }, at);
			}),
	};
}

/** @param at epoch milliseconds */
export async function setPulse(db: Kysely<Tables>, at: number): Promise<void> {
	await db
		.insertInto('hub_pulse')
		.values({ name: INGEST, beat_at: at })
		.onConflict((conflict) => conflict.column('name').doUpdateSet({ beat_at: at }))
		.execute();
}
