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

/** What Xero answered to a refresh whose holder did not get to write it into the grant. */
export interface HeldAnswer {
	/** Under which it was asked for. */
	readonly leaseId: string;
	readonly tokens: TokenSet;
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

	/**
	 * Puts Xero's answer into the journal, sealed and not fenced: whatever becomes of this holder, the
	 * only copy of the new refresh token is safe. Idempotent; does nothing when the grant is gone.
	 */
	keepAnswer(lease: Lease, tokens: TokenSet): Promise<void>;

	/** The journal's last answer to this very generation. */
	heldAnswer(grant: Grant): Promise<HeldAnswer | undefined>;

	/**
	 * Makes a held answer the next generation in its holder's place, and the grant active. Not done
	 * while another lease than the answer's own runs.
	 */
	adopt(grant: Grant, answer: HeldAnswer): Promise<boolean>;

	/** The next generation; also gives the lease back and clears the journal. */
	writeTokens(lease: Lease, tokens: TokenSet): Promise<boolean>;

	/** Gives the lease back. */
	markReauthRequired(lease: Lease): Promise<boolean>;

	/** Gives the lease back. Not done when the app keys were saved anew after `keysUpdatedAt`. */
	markAppKeysRefused(lease: Lease, keysUpdatedAt: number): Promise<boolean>;

	release(lease: Lease): Promise<void>;

	/** Active grants that were not refreshed since `before`, longest idle first. */
	idleSince(
		before: number,
		limit: number,
	): Promise<readonly { readonly id: string; readonly refreshedAt: number }[]>;

	/**
	 * New app keys were saved: those that Xero refused the old ones for may try again.
	 * @returns their ids
	 */
	forgiveAppKeys(workspaceId: string): Promise<readonly string[]>;

	/**
	 * Removes the grant when no connection uses it.
	 * @returns its workspace's id when it was removed
	 */
	removeIfUnused(grantId: string): Promise<string | undefined>;
}

export interface GrantRowsDeps {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
	readonly clock: () => number;
}

type TokenColumn = 'access_token' | 'refresh_token';

/** Both tables seal their tokens for their own rows. */
type TokenTable = 'grants' | 'token_answers';

export function createGrantRows({ db, keyRing, clock }: GrantRowsDeps): GrantRows {
	function sealed(grantId: string, workspaceId: string, tokens: TokenSet) {
		const seal = (column: TokenColumn, plain: string) =>
			keyRing.seal(plain, tokenPlace('grants', grantId, workspaceId, column));
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

	function underLease({ grant, id }: Lease, tx: Kysely<Tables> = db) {
		return tx
			.updateTable('grants')
			.where('id', '=', grant.id)
			.where('lease_id', '=', id)
			.where('gen', '=', grant.gen);
	}

	/** An answer may leave out what did not change. */
	function completed(grant: Grant, tokens: TokenSet): TokenSet {
		return {
			...tokens,
			refreshToken: tokens.refreshToken ?? grant.refreshToken,
			scope: tokens.scope || grant.scope,
		};
	}

	async function forgetAnswers(tx: Kysely<Tables>, grant: Grant): Promise<void> {
		await tx
			.deleteFrom('token_answers')
			.where('grant_id', '=', grant.id)
			.where('gen', '<=', grant.gen)
			.execute();
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

		async keepAnswer({ id, grant }, tokens) {
			const { accessToken, refreshToken, scope, expiresAt } = completed(grant, tokens);
			// Client credentials can be asked for again; there is no only copy to lose.
			if (refreshToken === undefined) return;
			const seal = (column: TokenColumn, plain: string) =>
				keyRing.seal(plain, tokenPlace('token_answers', id, grant.workspaceId, column));
			await db
				.insertInto('token_answers')
				.columns([
					'id',
					'workspace_id',
					'grant_id',
					'gen',
					'access_token',
					'refresh_token',
					'scope',
					'expires_at',
				])
				.expression(({ selectFrom, val, cast }) =>
					selectFrom('grants')
						.select([
							val(id).as('id'),
							'grants.workspace_id',
							'grants.id as grant_id',
							cast<number>(val(grant.gen), 'integer').as('gen'),
							val(seal('access_token', accessToken)).as('access_token'),
							val(seal('refresh_token', refreshToken)).as('refresh_token'),
							val(scope).as('scope'),
							cast<number>(val(expiresAt), 'bigint').as('expires_at'),
						])
						.where('grants.id', '=', grant.id),
				)
				.onConflict((conflict) => conflict.column('id').doNothing())
				.execute();
		},

		async heldAnswer(grant) {
			const row = await db
				.selectFrom('token_answers')
				.selectAll()
				.where('grant_id', '=', grant.id)
				.where('gen', '=', grant.gen)
				// Lease ids sort by time: of two answers the later one is Xero's last word.
				.orderBy('id', 'desc')
				.executeTakeFirst();
			if (row === undefined) return undefined;
			const open = (column: TokenColumn) =>
				keyRing.open(row[column], tokenPlace('token_answers', row.id, row.workspace_id, column));
			return {
				leaseId: row.id,
				tokens: {
					accessToken: open('access_token'),
					refreshToken: open('refresh_token'),
					scope: row.scope,
					expiresAt: row.expires_at,
				},
			};
		},

		adopt: (grant, { leaseId, tokens }) =>
			db.transaction().execute(async (tx) => {
				const { numUpdatedRows } = await tx
					.updateTable('grants')
					.set({ ...sealed(grant.id, grant.workspaceId, tokens), gen: grant.gen + 1 })
					.where('id', '=', grant.id)
					.where('gen', '=', grant.gen)
					.where((eb) =>
						eb.or([
							eb('lease_id', '=', leaseId),
							eb('lease_until', 'is', null),
							eb('lease_until', '<=', clock()),
						]),
					)
					.executeTakeFirst();
				if (numUpdatedRows > 0n) await forgetAnswers(tx, grant);
				return numUpdatedRows > 0n;
			}),

		writeTokens: (lease, tokens) =>
			db.transaction().execute(async (tx) => {
				const { grant } = lease;
				const { numUpdatedRows } = await underLease(lease, tx)
					.set({
						...sealed(grant.id, grant.workspaceId, completed(grant, tokens)),
						gen: grant.gen + 1,
					})
					.executeTakeFirst();
				if (numUpdatedRows > 0n) await forgetAnswers(tx, grant);
				return numUpdatedRows > 0n;
			}),

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

		async idleSince(before, limit) {
			return db
				.selectFrom('grants')
				.select(['id', 'refreshed_at as refreshedAt'])
				.where('status', '=', 'active')
				.where('refresh_token', 'is not', null)
				.where('refreshed_at', '<=', before)
				.orderBy('refreshed_at')
				.limit(limit)
				.execute();
		},

		async forgiveAppKeys(workspaceId) {
			const forgiven = await db
				.updateTable('grants')
				.set({ status: 'active' })
				.where('workspace_id', '=', workspaceId)
				.where('status', '=', 'app_keys_refused')
				.returning('id')
				.execute();
			return forgiven.map(({ id }) => id);
		},

		async removeIfUnused(grantId) {
			const removed = await db
				.deleteFrom('grants')
				.where('id', '=', grantId)
				.where(({ not, exists, selectFrom }) =>
					not(exists(selectFrom('connections').select('id').where('grant_id', '=', grantId))),
				)
				.returning('workspace_id')
				.executeTakeFirst();
			return removed?.workspace_id;
		},
	};
}

function tokenPlace(
	table: TokenTable,
	row: string,
	workspace: string,
	column: TokenColumn,
): SealedPlace {
	return { table, row, column, workspace };
}

function openGrant(row: Tables['grants'], keyRing: KeyRing): Grant {
	const open = (column: TokenColumn, text: string) =>
		keyRing.open(text, tokenPlace('grants', row.id, row.workspace_id, column));
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		accessToken: open('access_token', row.access_token),
		// Only a refresh needs it; every call to Xero reads the grant.
		get refreshToken() {
			return row.refresh_token === null ? undefined : open('refresh_token', row.refresh_token);
		},
		scope: row.scope,
		expiresAt: row.expires_at,
		gen: row.gen,
		status: row.status,
	};
}
