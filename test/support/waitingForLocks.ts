import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../hub-server/src/database/tables';
import { eventually } from './eventually';

/** Resolves once so many queries of this PostgreSQL database wait for a lock. */
export async function waitingForLocks(db: Kysely<Tables>, count: number): Promise<void> {
	await eventually(`${count} queries that wait for a lock`, async () => {
		const { rows } = await sql<{ count: string }>`
			select count(*) from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
		return Number(rows[0]?.count) >= count ? true : undefined;
	});
}
