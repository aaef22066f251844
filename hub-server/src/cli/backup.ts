import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Config } from '../config/Config';
import { printLine } from './printLine';

/** A consistent copy of a ledger in use, by SQLite's own backup; copying the file would not be one. */
export async function backup(config: Config, file: string): Promise<void> {
	if (config.databaseUrl !== undefined) {
		throw new Error('The ledger is a PostgreSQL database: back it up with pg_dump.');
	}
	const source = new SqliteDatabase(join(config.dataDir, 'hub.sqlite'), { fileMustExist: true });
	try {
		await source.backup(file);
	} finally {
		source.close();
	}
	printLine(`Copied the ledger to ${file}. Keep encryption.key with it, in another place.`);
}
