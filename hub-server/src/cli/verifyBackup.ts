import { existsSync, statSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { describeNewer, newerMigrations, pendingMigrations } from '../database/migrateToLatest';
import type { Tables } from '../database/tables';
import { readCanary } from '../secrets/checkCanary';
import type { KeyRing } from '../secrets/keyRing';
import { countByKey } from '../secrets/resealSecrets';

/** The setting of a backup that says when it was taken, in epoch milliseconds. */
export const BACKUP_TAKEN_AT = 'backup_taken_at';

/** What a good backup is. */
export interface VerifiedBackup {
	/** Epoch milliseconds; the file's own time for a copy that another tool made. */
	readonly takenAt: number;
	readonly workspaces: number;
	/** Whether a start of this version changes its schema. */
	readonly isOlder: boolean;
}

/**
 * Reads a whole backup: that SQLite finds it sound, that this version can open it, and that these keys
 * open what is sealed in it. Changes nothing.
 *
 * @throws Error that says what is wrong with it
 */
export async function verifyBackup(file: string, keyRing: KeyRing): Promise<VerifiedBackup> {
	if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
	if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) {
		throw new Error(
			`${file} is a ledger in use and no backup (there is a ${file}-wal): copy it with xero-hub backup.`,
		);
	}
	const source = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
	const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: source }) });
	try {
		checkIntegrity(source);
		const newer = await newerMigrations(db);
		if (newer.length > 0) throw new Error(describeNewer(newer));
		await readCanary(db, keyRing);
		const isOlder = (await pendingMigrations(db)).length > 0;
		// An older ledger lacks columns; its canary has the key that the others have, or an older one.
		if (!isOlder) {
			for (const keyId of (await countByKey(db)).keys()) {
				if (!keyRing.holds(keyId)) throw new Error(`Some secrets are sealed with key "${keyId}".`);
			}
		}
		const { count } = await db
			.selectFrom('workspaces')
			.select((e) => e.fn.countAll<number>().as('count'))
			.executeTakeFirstOrThrow();
		return {
			takenAt: (await stampOf(db)) ?? statSync(file).mtimeMs,
			workspaces: Number(count),
			isOlder,
		};
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new Error(`${file} cannot be restored by this hub. ${reason}`, { cause });
	} finally {
		await db.destroy();
		source.close();
	}
}

function checkIntegrity(source: SqliteDatabase.Database): void {
	const answers = source.pragma('integrity_check') as { readonly integrity_check: string }[];
	const faults = answers.map((answer) => answer.integrity_check).filter((text) => text !== 'ok');
	if (faults.length > 0)
		throw new Error(`SQLite finds it damaged: ${faults.slice(0, 3).join('; ')}.`);
}

async function stampOf(db: Kysely<Tables>): Promise<number | undefined> {
	const row = await db
		.selectFrom('settings')
		.select('value')
		.where('name', '=', BACKUP_TAKEN_AT)
		.executeTakeFirst();
	return row === undefined ? undefined : Number(row.value);
}
