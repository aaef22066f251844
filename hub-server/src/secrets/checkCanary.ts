import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';
import { SealedTextError, type KeyRing, type SealedPlace } from './keyRing';

const NAME = 'encryption_canary';
const SONG = 'this ledger opens with these keys';
const PLACE: SealedPlace = { table: 'settings', row: NAME, column: 'value', workspace: '' };

/**
 * Proves at start that the key ring belongs to this ledger, by opening a row that the first start
 * sealed. Safe to run from several processes at once.
 *
 * @throws Error when it does not: going on would seal new secrets under a key that the next start,
 * with the right one, could not open
 */
export async function checkCanary(db: Kysely<Tables>, keyRing: KeyRing): Promise<void> {
	await db
		.insertInto('settings')
		.values({ name: NAME, value: keyRing.seal(SONG, PLACE) })
		.onConflict((conflict) => conflict.column('name').doNothing())
		.execute();
	const { value } = await db
		.selectFrom('settings')
		.select('value')
		.where('name', '=', NAME)
		.executeTakeFirstOrThrow();

	try {
		keyRing.open(value, PLACE);
	} catch (cause) {
		if (!(cause instanceof SealedTextError)) throw cause;
		throw new Error(
			'The encryption key does not belong to this ledger, so the hub will not start. Restore the key ' +
				`(HUB_ENCRYPTION_KEYS, or encryption.key in the data folder) that it began with. ${cause.message}`,
			{ cause },
		);
	}
}

/** The same for a ledger that is only read. @throws Error, and SealedTextError for another ledger's keys */
export async function readCanary(db: Kysely<Tables>, keyRing: KeyRing): Promise<void> {
	const row = await db
		.selectFrom('settings')
		.select('value')
		.where('name', '=', NAME)
		.executeTakeFirst();
	if (row === undefined) throw new Error('No hub has sealed anything in this ledger.');
	keyRing.open(row.value, PLACE);
}
