import type { Kysely } from 'kysely';
import { firstIdAt } from '../database/newId';
import type { Tables } from '../database/tables';

/** Xero sends for 24 hours what it takes for undelivered, and a sync that waited for its day comes after it. */
export const VERSIONS_KEPT_MS = 48 * 3600_000;

/** Each has a few hundred records at most. */
const CALLS_A_STEP = 20;

/**
 * Forgets some of the versions that were written long ago, which only tell echoes, and some of the calls that are
 * older than what automation changed is kept for.
 *
 * @param keptMs how long calls are kept
 * @returns whether there may be more
 */
export async function purgeWrites(
	db: Kysely<Tables>,
	{ now, keptMs }: { readonly now: number; readonly keptMs: number },
): Promise<boolean> {
	const versions = await db
		.selectFrom('written_records')
		.select('write_id as id')
		.distinct()
		.where('write_id', '<', firstIdAt(now - VERSIONS_KEPT_MS))
		.orderBy('write_id')
		.limit(CALLS_A_STEP)
		.execute();
	const spent = versions.map(({ id }) => id);
	if (spent.length > 0) {
		await db.deleteFrom('written_records').where('write_id', 'in', spent).execute();
	}
	const old = await db
		.selectFrom('proxied_writes')
		.select('id')
		.where('id', '<', firstIdAt(now - keptMs))
		.orderBy('id')
		.limit(CALLS_A_STEP)
		.execute();
	const ids = old.map(({ id }) => id);
	if (ids.length > 0) await db.deleteFrom('proxied_writes').where('id', 'in', ids).execute();
	return Math.max(spent.length, ids.length) === CALLS_A_STEP;
}
