import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { ConflictError, NotFoundError } from '../errors/requestErrors';
import { fingerprint, hashBearerKey, newBearerKey } from './bearerKey';

/** What a new key is called, and how long it is good. */
export interface AdminKeyWish {
	readonly name: string;
	/** Epoch milliseconds; absent: it never expires. */
	readonly expiresAt?: number | undefined;
	/** As the audit log names them. */
	readonly madeBy?: string | undefined;
}

/** A key that is shown this once. */
export interface NewAdminKey {
	readonly id: string;
	readonly key: string;
}

export interface AdminKeyView {
	readonly id: string;
	readonly name: string;
	/** As the audit log names them; null for one that the hub made at its first start, or an earlier version. */
	readonly madeBy: string | null;
	/** ISO 8601, UTC, as are the others. */
	readonly createdAt: string;
	/** To the minute; null: never, or before an upgrade. */
	readonly lastUsedAt: string | null;
	readonly revokedAt: string | null;
	/** Null: never. */
	readonly expiresAt: string | null;
	readonly isExpired: boolean;
}

/** Which admin key was shown. */
export interface AdminKeyOwner {
	/** Of the key from `HUB_ADMIN_KEY` one that changes with it. */
	readonly id: string;
	/** Undefined for the key from `HUB_ADMIN_KEY`. */
	readonly name: string | undefined;
	/** Epoch milliseconds, where that is over: the key opens nothing any more. */
	readonly expiredAt: number | undefined;
}

/** The operator's keys. Shown once, kept as hashes. */
export interface AdminKeyStore {
	create(wish: AdminKeyWish): Promise<NewAdminKey>;
	/** In the order of their making; without the key from `HUB_ADMIN_KEY`. */
	list(): Promise<AdminKeyView[]>;
	/**
	 * Idempotent. The connect links that were made with it end, for good.
	 *
	 * @throws NotFoundError
	 * @throws ConflictError where no other key would work: nobody could get in to make one
	 */
	revoke(id: string): Promise<void>;
	/** Undefined for a key that is unknown or was revoked. */
	ownerOf(key: string): Promise<AdminKeyOwner | undefined>;
	/** @param id as {@link AdminKeyOwner} has it. Whether the key opens anything now. */
	works(id: string): Promise<boolean>;
	/** Whether any live key exists: a first start makes one and prints it. */
	any(): Promise<boolean>;
}

const LAST_USED_RESOLUTION_MS = 60_000;

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
	const configuredId =
		deps.configured === undefined ? null : `HUB_ADMIN_KEY ${fingerprint(deps.configured)}`;
	const noted = new Set<string>();

	const live = () =>
		db
			.selectFrom('admin_keys')
			.select('id')
			.where('revoked_at', 'is', null)
			.where((e) => e.or([e('expires_at', 'is', null), e('expires_at', '>', now())]));

	/** Nobody waits for it: whoever reads depends on no write. */
	function noteUse(id: string): void {
		if (noted.has(id)) return;
		noted.add(id);
		db.updateTable('admin_keys')
			.set({ last_used_at: now() })
			.where('id', '=', id)
			.execute()
			.catch(() => undefined)
			.finally(() => noted.delete(id));
	}

	return {
		async create({ name, expiresAt, madeBy }) {
			const key = newBearerKey('xha_');
			const id = newId(now());
			await db
				.insertInto('admin_keys')
				.values({
					...{ id, name, hash: hashBearerKey(key), created_at: now(), revoked_at: null },
					...{ last_used_at: null, expires_at: expiresAt ?? null, made_by: madeBy ?? null },
				})
				.execute();
			return { id, key };
		},
		async list() {
			const rows = await db.selectFrom('admin_keys').selectAll().orderBy('id').execute();
			const at = now();
			return rows.map((row) => ({
				...{ id: row.id, name: row.name, madeBy: row.made_by },
				createdAt: new Date(row.created_at).toISOString(),
				lastUsedAt: iso(row.last_used_at),
				revokedAt: iso(row.revoked_at),
				expiresAt: iso(row.expires_at),
				isExpired: row.expires_at !== null && row.expires_at <= at,
			}));
		},
		async revoke(id) {
			await db.transaction().execute(async (tx) => {
				// Two that revoke each other's take turns.
				await tx
					.updateTable('admin_keys')
					.set((e) => ({ name: e.ref('name') }))
					.execute();
				const rows = await tx.selectFrom('admin_keys').selectAll().execute();
				const wanted = rows.find((row) => row.id === id);
				if (wanted === undefined) throw new NotFoundError(`There is no admin key "${id}".`);
				if (wanted.revoked_at !== null) return;
				const at = now();
				const isOther = rows.some(
					(row) =>
						row.id !== id &&
						row.revoked_at === null &&
						(row.expires_at === null || row.expires_at > at),
				);
				if (!isOther && configuredHash === null) throw new ConflictError(LAST_ONE);
				await tx.updateTable('admin_keys').set({ revoked_at: at }).where('id', '=', id).execute();
				await tx
					.updateTable('connect_links')
					.set({ ended_at: at })
					.where('admin_key_id', '=', id)
					.where('ended_at', 'is', null)
					.execute();
			});
		},
		async ownerOf(key) {
			const hash = hashBearerKey(key);
			if (hash === configuredHash && configuredId !== null) {
				return { id: configuredId, name: undefined, expiredAt: undefined };
			}
			const row = await db
				.selectFrom('admin_keys')
				.select(['id', 'name', 'last_used_at', 'expires_at'])
				.where('hash', '=', hash)
				.where('revoked_at', 'is', null)
				.executeTakeFirst();
			if (row === undefined) return undefined;
			const isExpired = row.expires_at !== null && row.expires_at <= now();
			if (!isExpired && (row.last_used_at ?? 0) < now() - LAST_USED_RESOLUTION_MS) noteUse(row.id);
			return {
				...{ id: row.id, name: row.name },
				expiredAt: isExpired ? (row.expires_at ?? undefined) : undefined,
			};
		},
		async works(id) {
			if (id === configuredId) return true;
			const row = await live().where('id', '=', id).executeTakeFirst();
			return row !== undefined;
		},
		async any() {
			if (configuredHash !== null) return true;
			return (await live().executeTakeFirst()) !== undefined;
		},
	};
}

const LAST_ONE =
	'This is the last admin key that works. Make another one first (xero-hub admin-key create), then revoke this.';

function iso(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}
