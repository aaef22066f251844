import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { hashBearerKey, newBearerKey } from './bearerKey';

/** The operator's keys. Shown once, kept as hashes. */
export interface AdminKeyStore {
	create(name: string): Promise<string>;
	isValid(key: string): Promise<boolean>;
	/** Whether any live key exists: a first start makes one and prints it. */
	any(): Promise<boolean>;
}

/**
 * @param configured the key from `HUB_ADMIN_KEY`, valid beside those in the database
 */
export function createAdminKeyStore(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	readonly configured?: string | undefined;
}): AdminKeyStore {
	const { db, now } = deps;
	const configuredHash = deps.configured === undefined ? null : hashBearerKey(deps.configured);

	return {
		async create(name) {
			const key = newBearerKey('xha_');
			await db
				.insertInto('admin_keys')
				.values({
					id: newId(now()),
					name,
					hash: hashBearerKey(key),
					created_at: now(),
					revoked_at: null,
				})
				.execute();
			return key;
		},
		async isValid(key) {
			const hash = hashBearerKey(key);
			if (hash === configuredHash) return true;
			const row = await db
				.selectFrom('admin_keys')
				.select('id')
				.where('hash', '=', hash)
				.where('revoked_at', 'is', null)
				.executeTakeFirst();
			return row !== undefined;
		},
		async any() {
			if (configuredHash !== null) return true;
			const row = await db
				.selectFrom('admin_keys')
				.select('id')
				.where('revoked_at', 'is', null)
				.executeTakeFirst();
			return row !== undefined;
		},
	};
}
