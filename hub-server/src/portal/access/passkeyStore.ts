import type { Kysely } from 'kysely';
import type { Clock } from '../../clock';
import type { Tables } from '../../database/tables';
import { NotFoundError } from '../../errors/requestErrors';

/** A key pair of which the hub has the public half, as people see it. */
export interface PasskeyView {
	/** The credential's id, base64url. */
	readonly id: string;
	readonly name: string;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly usedAt: number | null;
}

export interface Passkey extends PasskeyView {
	readonly userId: string;
	/** COSE, base64url. */
	readonly publicKey: string;
	/** How often the authenticator says that it was used; 0 where it does not count. */
	readonly counter: number;
	readonly transports: readonly string[];
}

export interface PasskeyStore {
	/** False when somebody has it already. */
	add(key: Omit<Passkey, 'createdAt' | 'usedAt'>): Promise<boolean>;
	find(id: string): Promise<Passkey | undefined>;
	list(userId: string): Promise<Passkey[]>;
	/**
	 * Written after each use. Of two that show the same counter one is taken: the other is a copy.
	 *
	 * @returns false when the counter did not go on, or the key is gone
	 */
	noteUse(id: string, counter: number): Promise<boolean>;
	/** @throws NotFoundError */
	rename(userId: string, id: string, name: string): Promise<void>;
	/** @throws NotFoundError */
	remove(userId: string, id: string): Promise<void>;
}

export function createPasskeyStore(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): PasskeyStore {
	const { db, now } = deps;
	const select = () => db.selectFrom('passkeys').selectAll();

	return {
		async add({ id, userId, name, publicKey, counter, transports }) {
			const row = await db
				.insertInto('passkeys')
				.values({
					...{ id, user_id: userId, name, public_key: publicKey, counter },
					...{ transports: JSON.stringify(transports), created_at: now(), used_at: null },
				})
				.onConflict((conflict) => conflict.column('id').doNothing())
				.returning('id')
				.executeTakeFirst();
			return row !== undefined;
		},
		async find(id) {
			const row = await select().where('id', '=', id).executeTakeFirst();
			return row && toPasskey(row);
		},
		async list(userId) {
			const rows = await select().where('user_id', '=', userId).orderBy('created_at').execute();
			return rows.map(toPasskey);
		},
		async noteUse(id, counter) {
			const row = await db
				.updateTable('passkeys')
				.set({ counter, used_at: now() })
				.where('id', '=', id)
				.where((e) =>
					e.or([e('counter', '<', counter), ...(counter === 0 ? [e('counter', '=', 0)] : [])]),
				)
				.returning('id')
				.executeTakeFirst();
			return row !== undefined;
		},
		async rename(userId, id, name) {
			const { numUpdatedRows } = await db
				.updateTable('passkeys')
				.set({ name })
				.where('id', '=', id)
				.where('user_id', '=', userId)
				.executeTakeFirst();
			if (numUpdatedRows === 0n) throw new NotFoundError('There is no such passkey.');
		},
		async remove(userId, id) {
			const { numDeletedRows } = await db
				.deleteFrom('passkeys')
				.where('id', '=', id)
				.where('user_id', '=', userId)
				.executeTakeFirst();
			if (numDeletedRows === 0n) throw new NotFoundError('There is no such passkey.');
		},
	};
}

function toPasskey(row: Tables['passkeys']): Passkey {
	return {
		id: row.id,
		userId: row.user_id,
		name: row.name,
		publicKey: row.public_key,
		counter: row.counter,
		transports: JSON.parse(row.transports) as string[],
		createdAt: row.created_at,
		usedAt: row.used_at,
	};
}
