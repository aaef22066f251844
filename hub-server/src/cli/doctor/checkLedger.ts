import type { Database } from '../../database/openDatabase';
import {
	describeNewer,
	GO_BACK,
	newerMigrations,
	pendingMigrations,
} from '../../database/migrateToLatest';
import { checkCanary } from '../../secrets/checkCanary';
import type { KeyRing } from '../../secrets/keyRing';
import { countByKey } from '../../secrets/resealSecrets';
import { ok, reasonOf, wrong, type Finding } from './Finding';

/** Whether the ledger can be read, fits this version, and opens with these keys. */
export async function checkLedger(
	{ db, engine }: Database,
	keyRing: KeyRing,
): Promise<readonly Finding[]> {
	let newer: readonly string[];
	let pending: readonly string[];
	try {
		newer = await newerMigrations(db);
		pending = await pendingMigrations(db);
	} catch (cause) {
		return [
			wrong(
				'ledger',
				`The database cannot be used: ${reasonOf(cause)}`,
				'Check DATABASE_URL and that PostgreSQL runs; with SQLite restore the last backup.',
			),
		];
	}
	if (newer.length > 0) return [wrong('ledger', describeNewer(newer), GO_BACK)];
	if (pending.length > 0) {
		return [
			wrong(
				'ledger',
				`Its schema is older than this version (${pending.join(', ')}).`,
				'Take a backup, then start the hub or run xero-hub migrate.',
			),
		];
	}
	const readable = ok('ledger', `The ${engine} ledger is up to date.`);
	try {
		await checkCanary(db, keyRing);
		for (const keyId of (await countByKey(db)).keys()) {
			if (!keyRing.holds(keyId)) throw new Error(`Some secrets are sealed with key "${keyId}".`);
		}
	} catch (cause) {
		return [
			readable,
			wrong(
				'encryption key',
				`It is not the one that sealed this ledger. ${reasonOf(cause)}`,
				'Restore the key that the ledger began with, beside the current one where both are needed.',
			),
		];
	}
	return [readable, ok('encryption key', 'It opens the ledger.')];
}
