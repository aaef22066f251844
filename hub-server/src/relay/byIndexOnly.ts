import { sql, type Kysely } from 'kysely';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';

/**
 * Asks where PostgreSQL may use an index or nothing. Statistics of a table that had no waiting delivery
 * when they were taken make it sort all that wait now.
 */
export async function byIndexOnly<Answer>(
	db: Kysely<Tables>,
	engine: Engine,
	ask: (on: Kysely<Tables>) => Promise<Answer>,
): Promise<Answer> {
	// SQLite is told the index in the query; a transaction is a writer's there, and this only looks.
	if (engine === 'sqlite') return ask(db);
	return db.transaction().execute(async (tx) => {
		await indexOnly(tx, engine);
		return ask(tx);
	});
}

/** The same until the transaction ends. */
export async function indexOnly(tx: Kysely<Tables>, engine: Engine): Promise<void> {
	if (engine === 'sqlite') return;
	await sql`
		select set_config(name, 'off', true) from unnest(array[
			'enable_seqscan', 'enable_bitmapscan', 'enable_sort', 'enable_incremental_sort'
		]) name`.execute(tx);
}
