import { sql, type Kysely } from 'kysely';
import type { Clock } from '../clock';
import { firstIdAt } from '../database/newId';
import type { Tables } from '../database/tables';
import { LEASE } from '../work/lease';
import { NEVER } from './readStream';

/** Clocks of several hubs differ by less. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Makes streams due that a clock has put off which was ahead and has been set since: runs of theirs began later
 * than now. Else they would rest, without a word, for as long as the clock was wrong. Those runs go, for they would
 * pass for the newest until then; one that is under way begins anew. Safe to do at any time, by several processes.
 *
 * @returns how many there were
 */
export async function bringBackStreams(db: Kysely<Tables>, now: Clock): Promise<number> {
	const at = now();
	const later = firstIdAt(at + CLOCKS_DIFFER_MS);
	const ahead = await db
		.selectFrom('sync_streams as s')
		.select('s.id')
		.where('s.next_at', '>', at)
		.where('s.next_at', '<', NEVER)
		.where((e) =>
			e.exists(
				e
					.selectFrom('sync_runs as r')
					.select('r.id')
					.whereRef('r.stream_id', '=', 's.id')
					.where('r.id', '>=', later),
			),
		)
		.execute();
	for (const { id } of ahead) {
		await db.transaction().execute(async (tx) => {
			await tx
				.updateTable('sync_streams')
				.set({
					...LEASE.free,
					...{ next_at: at, run_id: null, position: null, no_sweep_before: null },
					swept_at: sql<number | null>`case when swept_at > ${at} then ${at} else swept_at end`,
					counted_at: sql<
						number | null
					>`case when counted_at > ${at} then ${at} else counted_at end`,
				})
				.where('id', '=', id)
				.execute();
			await tx
				.deleteFrom('sync_runs')
				.where('stream_id', '=', id)
				.where('id', '>=', later)
				.execute();
		});
	}
	return ahead.length;
}
