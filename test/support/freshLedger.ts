import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
	if (engine === 'sqlite') await putSqliteLedger(dataDir);
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

let sqliteLedger: Promise<Buffer> | undefined;

/** Puts an SQLite ledger at the latest migration into a data folder; this file's first one is migrated. */
export async function putSqliteLedger(dataDir: string): Promise<void> {
	sqliteLedger ??= migratedSqliteLedger();
	await writeFile(join(dataDir, SQLITE_FILE), await sqliteLedger);
}

const SQLITE_FILE = 'hub.sqlite';

async function migratedSqliteLedger(): Promise<Buffer> {
	const dataDir = await mkdtemp(join(tmpdir(), 'xero-hub-ledger-'));
	try {
		const database = await openDatabase({ dataDir });
		await database.close();
		return await readFile(join(dataDir, SQLITE_FILE));
	} finally {
		await rm(dataDir, { recursive: true, force: true });
	}
}
