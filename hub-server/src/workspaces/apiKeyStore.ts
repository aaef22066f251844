import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '../clock';
import { ConflictError, NotFoundError } from '../errors/requestErrors';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { hashBearerKey, newBearerKey } from './bearerKey';
import { KEY_SCOPES, USUAL_SCOPES, type KeyScope } from './keyScopes';

export interface ApiKeyView {
	readonly id: string;
	readonly name: string;
	readonly scopes: readonly KeyScope[];
	/** The organisations that it is for, in lower case; null: all of the workspace. */
	readonly tenantIds: readonly string[] | null;
	/** Made before keys had scopes: it may do everything. */
	readonly isOld: boolean;
	/** ISO 8601, UTC. */
	readonly createdAt: string;
	/** ISO 8601, UTC; null: never. */
	readonly expiresAt: string | null;
	/** Its day has come. */
	readonly isExpired: boolean;
	/** To the minute. */
	readonly lastUsedAt: string | null;
	readonly revokedAt: string | null;
}

/** What a new key may do. */
export interface ApiKeyWish {
	readonly name: string;
	/** {@link USUAL_SCOPES} where it says none. */
	readonly scopes?: readonly KeyScope[] | undefined;
	/** Absent or empty: all organisations, those that come later too. */
	readonly tenantIds?: readonly string[] | undefined;
	/** Epoch milliseconds; absent: it never expires. */
	readonly expiresAt?: number | undefined;
}

/** The keys with which n8n shows itself to the hub. A key is shown once and kept as a hash. */
export interface ApiKeyStore {
	create(
		workspaceId: string,
		wish: ApiKeyWish,
	): Promise<{ readonly id: string; readonly key: string }>;
	list(workspaceId: string): Promise<ApiKeyView[]>;
	/**
	 * A new key under the same id, for the same; the old one ends at once. One that was revoked stays so.
	 *
	 * @throws NotFoundError, ConflictError
	 */
	rotate(workspaceId: string, id: string): Promise<{ readonly id: string; readonly key: string }>;
	/** Idempotent. @throws NotFoundError when the workspace has no such key */
	revoke(workspaceId: string, id: string): Promise<void>;
	/** The workspace that a key belongs to which was not revoked, and which of its keys it is. */
	workspaceOf(key: string): Promise<ApiKeyOwner | undefined>;
}

export interface ApiKeyOwner {
	readonly keyId: string;
	readonly keyName: string;
	readonly scopes: readonly KeyScope[];
	/** In lower case; undefined: all. */
	readonly tenantIds: readonly string[] | undefined;
	/** Epoch milliseconds, where that is over: the key opens nothing any more. */
	readonly expiredAt: number | undefined;
	/** Of the workspace. */
	readonly id: string;
	readonly slug: string;
	readonly name: string;
}

const LAST_USED_RESOLUTION_MS = 60_000;

export function createApiKeyStore(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): ApiKeyStore {
	const { db, now } = deps;

	async function requireKey(workspaceId: string, id: string): Promise<void> {
		const row = await db
			.selectFrom('api_keys')
			.select('id')
			.where('workspace_id', '=', workspaceId)
			.where('id', '=', id)
			.executeTakeFirst();
		if (!row) throw new NotFoundError(`The workspace has no API key "${id}".`);
	}

	const noted = new Set<string>();

	/** Nobody waits for it: whoever reads depends on no write. */
	function noteUse(keyId: string): void {
		if (noted.has(keyId)) return;
		noted.add(keyId);
		db.updateTable('api_keys')
			.set({ last_used_at: now() })
			.where('id', '=', keyId)
			.execute()
			.catch(() => undefined)
			.finally(() => noted.delete(keyId));
	}

	return {
		async create(workspaceId, { name, scopes = USUAL_SCOPES, tenantIds = [], expiresAt }) {
			const key = newBearerKey('xhk_');
			const id = newId(now());
			await db
				.insertInto('api_keys')
				.values({
					id,
					workspace_id: workspaceId,
					name,
					hash: hashBearerKey(key),
					created_at: now(),
					last_used_at: null,
					revoked_at: null,
					scopes: KEY_SCOPES.filter((scope) => scopes.includes(scope)).join(' '),
					tenant_ids:
						tenantIds.length === 0
							? null
							: [...new Set(tenantIds.map((id) => id.toLowerCase()))].join(' '),
					expires_at: expiresAt ?? null,
				})
				.execute();
			return { id, key };
		},
		async list(workspaceId) {
			const rows = await db
				.selectFrom('api_keys')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.orderBy('id')
				.execute();
			const at = now();
			return rows.map((row) => toView(row, at));
		},
		async rotate(workspaceId, id) {
			await requireKey(workspaceId, id);
			const key = newBearerKey('xhk_');
			const { numUpdatedRows } = await db
				.updateTable('api_keys')
				.set({ hash: hashBearerKey(key), last_used_at: null })
				.where('id', '=', id)
				.where('revoked_at', 'is', null)
				.executeTakeFirst();
			if (numUpdatedRows === 0n) {
				throw new ConflictError('This API key was revoked and stays so. Make a new one instead.');
			}
			return { id, key };
		},
		async revoke(workspaceId, id) {
			await requireKey(workspaceId, id);
			await db
				.updateTable('api_keys')
				.set({ revoked_at: now() })
				.where('id', '=', id)
				.where('revoked_at', 'is', null)
				.execute();
		},
		async workspaceOf(key) {
			const row = await db
				.selectFrom('api_keys as k')
				.innerJoin('workspaces as w', 'w.id', 'k.workspace_id')
				.select([
					'k.id as key_id',
					'k.name as key_name',
					'k.last_used_at',
					'k.scopes',
					'k.tenant_ids',
					'k.expires_at',
					'w.id',
					'w.slug',
					'w.name',
				])
				.where('k.hash', '=', hashBearerKey(key))
				.where('k.revoked_at', 'is', null)
				.executeTakeFirst();
			if (!row) return undefined;
			const isExpired = row.expires_at !== null && row.expires_at <= now();
			if (!isExpired && (row.last_used_at ?? 0) < now() - LAST_USED_RESOLUTION_MS) {
				noteUse(row.key_id);
			}
			return {
				keyId: row.key_id,
				keyName: row.key_name,
				scopes: scopesOf(row.scopes),
				tenantIds: row.tenant_ids?.split(' '),
				expiredAt: isExpired ? (row.expires_at ?? undefined) : undefined,
				id: row.id,
				slug: row.slug,
				name: row.name,
			};
		},
	};
}

/** @param kept null: made before there were any */
function scopesOf(kept: string | null): readonly KeyScope[] {
	return kept === null ? KEY_SCOPES : KEY_SCOPES.filter((scope) => kept.split(' ').includes(scope));
}

function toView(row: Selectable<Tables['api_keys']>, at: number): ApiKeyView {
	const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
	return {
		id: row.id,
		name: row.name,
		scopes: scopesOf(row.scopes),
		tenantIds: row.tenant_ids?.split(' ') ?? null,
		isOld: row.scopes === null,
		expiresAt: iso(row.expires_at),
		isExpired: row.expires_at !== null && row.expires_at <= at,
		createdAt: new Date(row.created_at).toISOString(),
		lastUsedAt: iso(row.last_used_at),
		revokedAt: iso(row.revoked_at),
	};
}
