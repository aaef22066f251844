import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { keepPrivate } from './keepPrivate';
import { makeFolder } from './makeFolder';

/**
 * Makes this process the only hub on `dataDir` until the returned function is called or the process
 * ends, however it ends: the lock is the operating system's, held by an open SQLite transaction.
 *
 * @throws Error when another hub runs on the same folder
 */
export function claimDataDir(dataDir: string): () => void {
	makeFolder(dataDir);
	const path = join(dataDir, 'hub.lock');
	keepPrivate(path);
	const lock = new SqliteDatabase(path, { timeout: 0 });
	try {
		lock.exec('BEGIN EXCLUSIVE');
	} catch (cause) {
		lock.close();
		throw new Error(
			`Another hub is running on ${dataDir}. Stop it, or give this one its own HUB_DATA_DIR; ` +
				'several hubs on one ledger need DATABASE_URL.',
			{ cause },
		);
	}
	return () => lock.close();
}
