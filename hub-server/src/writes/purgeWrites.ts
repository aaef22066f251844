import type { Kysely } from 'kysely';
import { firstIdAt } from '../database/newId';
import type { Tables } from '../database/tables';

/** Xero sends for 24 hours what it takes for undelivered, and a sync that waited for its day comes after it. */
export const WRITES_KEPT_MS = 48 * 3600_000;

/** Each has a few hundred records at most. */
const CALLS_A_STEP = 20;

/** Forgets some of what was written long ago. @returns whether there may be more */
export async function purgeWrites(db: Kysely<Tables>, now: number): Promise<boolean> {
	const old = await db
		.selectFrom('proxied_writes')
		.select('id')
		.where('id', '<', firstIdAt(now - WRITES_KEPT_MS))
		.orderBy('id')
		.limit(CALLS_A_STEP)
		.execute();
	const ids = old.map(({ id }) => id);
	if (ids.length > 0) await db.deleteFrom('proxied_writes').where('id', 'in', ids).execute();
	return ids.length === CALLS_A_STEP;
}
