import {
	chmodSync,
	closeSync,
	copyFileSync,
	existsSync,
	fsyncSync,
	linkSync,
	openSync,
	renameSync,
	rmSync,
} from 'node:fs';
import { resolve } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { markRestored, type LostSince } from '../administration/markRestored';
import type { Clock } from '../clock';
import type { Config } from '../config/Config';
import { claimDataDir } from '../database/claimDataDir';
import { ledgerFile } from '../database/ledgerFile';
import { openStores } from '../hub/openStores';
import { backupKeyRing } from './backupKeyRing';
import { CommandError } from './CommandError';
import { lostSince } from './lostSince';
import { COMMAND_LINE, openAdministration } from './openAdministration';
import { verifyBackup } from './verifyBackup';

/**
 * Puts a backup in the place of the ledger, and tells every workspace what cannot be known because of it
 * (alert `restored_from_backup`). The ledger that was there is kept aside. With PostgreSQL, where
 * `pg_restore` has done it, without a file: then only the telling is left.
 *
 * @param say one line for the operator
 * @throws Error when the file is not good, or a hub has the ledger; nothing is changed then
 */
export async function restore(
	config: Config,
	file: string | undefined,
	now: Clock,
	say: (line: string) => void,
): Promise<void> {
	if (config.databaseUrl !== undefined) {
		if (file !== undefined) {
			throw new Error(
				'The ledger is a PostgreSQL database: restore it with pg_restore, then run `xero-hub restore` without a file.',
			);
		}
		await tell(config, { takenAt: undefined, lost: new Map() }, now);
	} else {
		if (file === undefined) {
			throw new CommandError(
				'usage',
				'The file to restore is missing.',
				'Name the file to restore: xero-hub restore <file>',
			);
		}
		await restoreFile(config, file, now, say);
	}
	say('Every workspace has an alert that says what is not known now, and how each thing heals.');
	say('Start the hub, then ask xero-hub doctor.');
}

async function restoreFile(
	config: Config,
	file: string,
	now: Clock,
	say: (line: string) => void,
): Promise<void> {
	const ledger = ledgerFile(config);
	if (resolve(file) === resolve(ledger)) {
		throw new Error(`${file} is the ledger itself: name a backup of it.`);
	}
	const { takenAt } = await verifyBackup(file, backupKeyRing(config));
	const release = claimDataDir(config.dataDir);
	try {
		const aside = `${ledger}.before-restore-${stampOf(now())}`;
		const isReplaced = replaceLedger(file, ledger, aside);
		say(`Restored ${file}, which was taken at ${new Date(takenAt).toISOString()}.`);
		if (isReplaced) say(`The ledger that was there is now ${aside}.`);
		const lost = isReplaced ? lostSince(aside, ledger) : undefined;
		await tell(config, { takenAt, lost: lost ?? new Map<string, LostSince>() }, now);
	} finally {
		release();
	}
}

/** 20261130T070213Z */
function stampOf(at: number): string {
	return new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** The copy is whole and on disk before anything is moved. @returns whether there was a ledger */
function replaceLedger(file: string, ledger: string, aside: string): boolean {
	const copy = `${ledger}.restoring`;
	try {
		copyFileSync(file, copy);
		chmodSync(copy, 0o600);
		flush(copy);
	} catch (cause) {
		rmSync(copy, { force: true });
		throw cause;
	}
	const isThere = existsSync(ledger);
	if (isThere) putAllIntoOneFile(ledger);
	// At every moment there is a ledger: the one that was there stands under both names until it is replaced.
	if (isThere) keepAside(ledger, aside);
	for (const suffix of ['-wal', '-shm']) {
		if (existsSync(ledger + suffix)) renameSync(ledger + suffix, aside + suffix);
	}
	renameSync(copy, ledger);
	flush(resolve(ledger, '..'));
	return isThere;
}

function keepAside(ledger: string, aside: string): void {
	try {
		linkSync(ledger, aside);
	} catch {
		// Some file systems have no second names.
		copyFileSync(ledger, aside);
	}
}

/** One that cannot be read is kept as it is, with the files beside it. */
function putAllIntoOneFile(ledger: string): void {
	try {
		const file = new SqliteDatabase(ledger);
		try {
			file.pragma('wal_checkpoint(TRUNCATE)');
		} finally {
			file.close();
		}
	} catch {
		return;
	}
}

function flush(path: string): void {
	const opened = openSync(path, 'r');
	fsyncSync(opened);
	closeSync(opened);
}

async function tell(
	config: Config,
	restoration: Parameters<typeof markRestored>[1],
	now: Clock,
): Promise<void> {
	const stores = await openStores(config, { now, onKeyFileCreated: () => undefined });
	try {
		await markRestored(stores.database.db, restoration, now());
		const { noteChange } = openAdministration(stores, config);
		const { takenAt } = restoration;
		await noteChange(COMMAND_LINE, {
			action: 'ledger.restored',
			...(takenAt !== undefined && { detail: { from: new Date(takenAt).toISOString() } }),
		});
	} finally {
		await stores.database.close();
	}
}
