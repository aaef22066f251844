import { randomUUID } from 'node:crypto';
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Clock } from '../clock';
import type { Config } from '../config/Config';
import { ledgerFile } from '../database/ledgerFile';
import { CommandError } from './CommandError';
import { BACKUP_TAKEN_AT } from './verifyBackup';

/**
 * A consistent copy of a ledger in use, mode 0600, in the place of an older one at `file`. It is read in
 * one transaction, which the hub's writes neither hold up nor make begin again; copying the file would
 * not be consistent.
 *
 * @param say one line for the operator
 */
export function backup(
	config: Pick<Config, 'dataDir' | 'databaseUrl'>,
	file: string,
	now: Clock,
	say: (line: string) => void,
): void {
	if (config.databaseUrl !== undefined) {
		throw new CommandError(
			'not_sqlite',
			'The ledger is a PostgreSQL database, which this command does not copy.',
			'Back it up with pg_dump.',
		);
	}
	const partial = `${file}.${randomUUID()}.partial`;
	const source = new SqliteDatabase(ledgerFile(config), { fileMustExist: true });
	try {
		makeOwnersOnly(partial);
		const takenAt = now();
		source.prepare('vacuum into ?').run(partial);
		stamp(partial, takenAt);
		putInPlace(partial, file);
	} catch (cause) {
		rmSync(partial, { force: true });
		throw cause;
	} finally {
		source.close();
	}
	say(`Copied the ledger to ${file}. Keep encryption.key with it, in another place.`);
}

/** SQLite writes into an empty file that is there, and leaves its mode as it is. */
function makeOwnersOnly(path: string): void {
	const made = openSync(path, 'wx', 0o600);
	fchmodSync(made, 0o600);
	closeSync(made);
}

/** So that whoever restores it learns from when it is. */
function stamp(path: string, takenAt: number): void {
	const copy = new SqliteDatabase(path);
	try {
		copy
			.prepare('insert or replace into settings (name, value) values (?, ?)')
			.run(BACKUP_TAKEN_AT, String(takenAt));
	} finally {
		copy.close();
	}
}

function putInPlace(partial: string, file: string): void {
	flush(partial);
	renameSync(partial, file);
	flush(dirname(file));
}

function flush(path: string): void {
	const opened = openSync(path, 'r');
	fsyncSync(opened);
	closeSync(opened);
}
