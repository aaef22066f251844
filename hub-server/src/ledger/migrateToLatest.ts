import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { firstLight } from '../../migrations/0001FirstLight';
import type { Engine } from './engine';
import type { Tables } from './tables';

/**
 * Applies the migrations that are missing, in order, each once. Safe to run from several processes:
 * Kysely takes a lock first.
 *
 * @throws what the failing migration threw; the ledger then stands at the migration before it
 */
export async function migrateToLatest(db: Kysely<Tables>, engine: Engine): Promise<string[]> {
	const migrations: Record<string, Migration> = { '0001FirstLight': firstLight(engine) };
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
	const { error, results } = await migrator.migrateToLatest();
	if (error) throw error;
	return (results ?? []).map(({ migrationName }) => migrationName);
}
