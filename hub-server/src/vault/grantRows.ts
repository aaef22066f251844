import type { Kysely } from 'kysely';
import type { GrantStatus, Tables } from '../ledger/tables';
import { newId } from '../ledger/newId';
import type { TokenSet } from '../xero/xeroIdentity';
import type { KeyRing, SealedPlace } from './keyRing';

/** A grant as one read saw it; `gen` says which. */
export interface Grant {
	readonly id: string;
	readonly workspaceId: string;
	readonly accessToken: string;
	/** Undefined for client-credentials grants. */
	readonly refreshToken: string | undefined;
	readonly scope: string;
	/** Epoch milliseconds. */
	readonly expiresAt: number;
	readonly gen: number;
	readonly status: GrantStatus;
}

export interface Lease {
	readonly grant: Grant;
	readonly id: string;
}

/**
 * The `grants` table. Every write under a lease is fenced by lease and generation: it says whether it
 * was still ours to write, and changes nothing when it was not.
 */
export interface GrantRows {
	read(grantId: string): Promise<Grant | undefined>;

	/**
	 * Keeps a token set from a new consent, over the one this user gave before.
	 * @returns the grant's id, the same for the same user
	 */
	save(workspaceId: string, xeroUserId: string, tokens: TokenSet): Promise<string>;

	/** Compare-and-swap on the generation seen: undefined when it moved or another lease runs. */
	lease(grant: Grant, durationMs: number): Promise<Lease | undefined>;

	/** The next generation; also gives the lease back. */
	writeTokens(lease: Lease, tokens: TokenSet): Promise<boolean>;

	/** Gives the lease back. */
	markReauthRequired(lease: Lease): Promise<boolean>;

	/** Gives the lease back. Not done when the app keys were saved anew after `keysUpdatedAt`. */
	markAppKeysRefused(lease: Lease, keysUpdatedAt: number): Promise<boolean>;

	release(lease: Lease): Promise<void>;

	/** New app keys were saved: those that Xero refused the old ones for may try again. */
	forgiveAppKeys(workspaceId: string): Promise<void>;

	/** Removes the grant when no connection uses it. */
	removeIfUnused(grantId: string): Promise<void>;
}

export interface GrantRowsDeps {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
	readonly clock: () => number;
}

type TokenColumn = 'access_token' | 'refresh_token';

export function createGrantRows({ db, keyRing, clock }: GrantRowsDeps): GrantRows {
	function sealed(grantId: string, workspaceId: string, tokens: TokenSet) {
		const seal = (column: TokenColumn, plain: string) =>
			keyRing.seal(plain, tokenPlace(grantId, workspaceId, column));
		return {
			access_token: seal('access_token', tokens.accessToken),
			refresh_token:
				tokens.refreshToken === undefined ? null : seal('refresh_token', tokens.refreshToken),
			scope: tokens.scope,
			expires_at: tokens.expiresAt,
			status: 'active' as const,
			lease_id: null,
			lease_until: null,
			refreshed_at: clock(),
		};
	}

	function underLease({ grant, id }: Lease) {
		return db
			.updateTable('grants')
			.where('id', '=', grant.id)
			.where('lease_id', '=', id)
			.where('gen', '=', grant.gen);
	}

	return {
		async read(grantId) {
			const row = await db
				.selectFrom('grants')
				.selectAll()
				.where('id', '=', grantId)
				.executeTakeFirst();
			return row && openGrant(row, keyRing);
		},

		async save(workspaceId, xeroUserId, tokens) {
			const id = newId(clock());
			const inserted = await db
				.insertInto('grants')
				.values({
					id,
					workspace_id: workspaceId,
					xero_user_id: xeroUserId,
					gen: 1,
					created_at: clock(),
					...sealed(id, workspaceId, tokens),
				})
				.onConflict((conflict) => conflict.columns(['workspace_id', 'xero_user_id']).doNothing())
				.returning('id')
				.executeTakeFirst();
			if (inserted !== undefined) return inserted.id;

			// The text is sealed for its row, so the row's id comes first.
			const known = await db
				.selectFrom('grants')
				.select('id')
				.where('workspace_id', '=', workspaceId)
				.where('xero_user_id', '=', xeroUserId)
				.executeTakeFirstOrThrow();
			await db
				.updateTable('grants')
				.set({ ...sealed(known.id, workspaceId, tokens), gen: (eb) => eb('gen', '+', 1) })
				.where('id', '=', known.id)
				.execute();
			return known.id;
		},

		async lease(grant, durationMs) {
			const now = clock();
			const id = newId(now);
			const { numUpdatedRows } = await db
				.updateTable('grants')
				.set({ lease_id: id, lease_until: now + durationMs })
				.where('id', '=', grant.id)
				.where('gen', '=', grant.gen)
				.where('status', '=', 'active')
				.where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
				.executeTakeFirst();
			return numUpdatedRows > 0n ? { grant, id } : undefined;
		},

		async writeTokens(lease, tokens) {
			const { id, workspaceId, refreshToken } = lease.grant;
			const { numUpdatedRows } = await underLease(lease)
				.set({
					...sealed(id, workspaceId, {
						...tokens,
						refreshToken: tokens.refreshToken ?? refreshToken,
						scope: tokens.scope || lease.grant.scope,
					}),
					gen: lease.grant.gen + 1,
				})
				.executeTakeFirst();
			return numUpdatedRows > 0n;
		},

		async markReauthRequired(lease) {
			const { numUpdatedRows } = await underLease(lease)
				.set({ status: 'reauth_required', lease_id: null, lease_until: null })
				.executeTakeFirst();
			return numUpdatedRows > 0n;
		},

		async markAppKeysRefused(lease, keysUpdatedAt) {
			const { numUpdatedRows } = await underLease(lease)
				.set({ status: 'app_keys_refused', lease_id: null, lease_until: null })
				.where(({ exists, selectFrom }) =>
					exists(
						selectFrom('app_keys')
							.select('workspace_id')
							.where('workspace_id', '=', lease.grant.workspaceId)
							.where('updated_at', '=', keysUpdatedAt),
					),
				)
				.executeTakeFirst();
			return numUpdatedRows > 0n;
		},

		async release(lease) {
			await underLease(lease).set({ lease_id: null, lease_until: null }).execute();
		},

		async forgiveAppKeys(workspaceId) {
			await db
				.updateTable('grants')
				.set({ status: 'active' })
				.where('workspace_id', '=', workspaceId)
				.where('status', '=', 'app_keys_refused')
				.execute();
		},

		async removeIfUnused(grantId) {
			await db
				.deleteFrom('grants')
				.where('id', '=', grantId)
				.where(({ not, exists, selectFrom }) =>
					not(exists(selectFrom('connections').select('id').where('grant_id', '=', grantId))),
				)
				.execute();
		},
	};
}

function tokenPlace(grantId: string, workspaceId: string, column: TokenColumn): SealedPlace {
	return { table: 'grants', row: grantId, column, workspace: workspaceId };
}

function openGrant(row: Tables['grants'], keyRing: KeyRing): Grant {
	const open = (column: TokenColumn, text: string) =>
		keyRing.open(text, tokenPlace(row.id, row.workspace_id, column));
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		accessToken: open('access_token', row.access_token),
		refreshToken: row.refresh_token === null ? undefined : open('refresh_token', row.refresh_token),
		scope: row.scope,
		expiresAt: row.expires_at,
		gen: row.gen,
		status: row.status,
	};
}
