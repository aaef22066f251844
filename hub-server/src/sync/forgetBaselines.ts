import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { LEASE } from '../work/lease';
import { NEVER } from './readStream';

/**
 * For a ledger that was restored: it cannot know what was told since the backup. The first run of each stream
 * goes on from there, stores, and tells nothing.
 *
 * @param at epoch milliseconds
 */
export async function forgetBaselines(db: Kysely<Tables>, at: number): Promise<void> {
	await db
		.updateTable('sync_streams')
		.set({
			...LEASE.free,
			...{ baseline_at: null, run_id: null, position: null, tell_existing: 0 },
			next_at: sql<number>`case when enabled = 1 then ${sql.lit(at)} else ${sql.lit(NEVER)} end`,
		})
		.execute();
	await db
		.updateTable('sync_runs')
		.set({ status: 'failed', finished_at: at, error: RESTORED })
		.where('finished_at', 'is', null)
		.execute();
}

const RESTORED = 'The hub was restored from a backup.';
