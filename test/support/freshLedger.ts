import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../hub-server/src/database/engine';
import {
	openDatabase,
	type Database,
	type DatabaseLocation,
} from '../../hub-server/src/database/openDatabase';
import { copyOfPostgresDatabase, type FreshDatabase } from './freshDatabase';

/** The engines that every suite on the ledger runs on: `describe.each(ENGINES)`. */
export const ENGINES: readonly Engine[] = ['sqlite', 'postgres'];

export interface FreshLedger {
	readonly database: Database;
	/** For a second connection to the same ledger, as another process would open it. */
	readonly location: DatabaseLocation;
	/** Closes the database and removes it, with its data folder. */
	close(): Promise<void>;
}

/** An empty ledger at the latest migration, for one test or one suite. */
export async function freshLedger(engine: Engine): Promise<FreshLedger> {
	const dataDir = await mkdtemp(join(tmpdir(), 'xero-hub-ledger-'));
	const postgres = engine === 'postgres' ? await freshPostgresLedger() : undefined;
	const location = { dataDir, databaseUrl: postgres?.url };
	const database = await openDatabase(location);
	return {
		database,
		location,
		async close() {
			await database.close();
			await postgres?.drop();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

/** A PostgreSQL database at the latest migration, which nobody has connected to yet. */
export async function freshPostgresLedger(): Promise<FreshDatabase> {
	return await copyOfPostgresDatabase('migrated_ledger', async (databaseUrl) => {
		// The data folder is SQLite's: nothing is written there.
		const database = await openDatabase({ dataDir: tmpdir(), databaseUrl });
		await database.close();
	});
}
