import type { ExpressionBuilder, Kysely, Transaction } from 'kysely';
import type { GrantStatus, Tables } from '../../database/tables';
import { LEASE, newLease } from '../../work/lease';
import type { TokenSet } from '../identity/xeroIdentity';
import { endGrantAlerts } from './endGrantAlerts';
import type { KeyRing } from '../../secrets/keyRing';
import { lockGrant } from './lockGrant';
import { freshGrant, saveConsent, type Consent, type SavedConsent } from './saveConsent';
import { settleGrants } from './settleGrants';
import { tokenSealer } from './tokenSealer';

/** A grant as one read saw it; `gen` says which. */
export interface Grant {
	readonly id: string;
	/** Its home: for this workspace it is sealed, whoever else uses it. */
	readonly workspaceId: string;
	/** Of the app to which the user consented. */
	readonly clientId: string;
	readonly accessToken: string;
	/** Undefined for client-credentials grants. */
	readonly refreshToken: string | undefined;
	readonly scope: string;
	/** Epoch milliseconds. */
	readonly expiresAt: number;
	readonly gen: number;
	readonly status: GrantStatus;
	/** Reauthorisation is required because no workspace has the keys of its app any more. */
	readonly keysLost: boolean;
}

/** What became of a grant. `removed`: also where only a workspace that had an alert about it left it. */
export interface GrantStatusChange {
	readonly id: string;
	readonly status: GrantStatus | 'removed';
	readonly keysLost: boolean;
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
	 * Keeps a new consent in one transaction: its tokens over those that this user gave this app
	 * before, whichever workspace that was for, and its organisations for this workspace.
	 */
	save(consent: Consent): Promise<SavedConsent>;

	/** The workspaces that reach an organisation through it. */
	workspacesOn(grantId: string): Promise<readonly string[]>;

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
	 * Makes a held answer the next generation in its holder's place, the grant active, and ends the
	 * alerts about it. Not done while another lease than the answer's own runs.
	 */
	adopt(grant: Grant, answer: HeldAnswer): Promise<boolean>;

	/** The next generation; also gives the lease back and clears the journal. */
	writeTokens(lease: Lease, tokens: TokenSet): Promise<boolean>;

	/** Gives the lease back. */
	markReauthRequired(lease: Lease): Promise<boolean>;

	/** Gives the lease back. Not done when keys of its app were saved anew after `keysUpdatedAt`. */
	markAppKeysRefused(lease: Lease, keysUpdatedAt: number): Promise<boolean>;

	/** Gives the lease back. Not done when a workspace has keys of its app after all. */
	markKeysLost(lease: Lease): Promise<boolean>;

	release(lease: Lease): Promise<void>;

	/** Active grants that were not refreshed since `before`, longest idle first. */
	idleSince(
		before: number,
		limit: number,
	): Promise<readonly { readonly id: string; readonly refreshedAt: number }[]>;

	/** Grants of an app that no workspace has keys of any more need a new consent from now on. */
	loseKeyless(): Promise<readonly GrantStatusChange[]>;

	/**
	 * After a connection was removed: removes the grant when none uses it any more, and with it the
	 * alerts of the workspaces that left it, in one transaction.
	 *
	 * @returns whether an alert was open
	 */
	removeIfUnused(grantId: string): Promise<boolean>;
}

export interface GrantRowsDeps {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
	readonly clock: () => number;
}

export function createGrantRows({ db, keyRing, clock }: GrantRowsDeps): GrantRows {
	const fresh = ({ id, workspaceId }: Grant, tokens: TokenSet) =>
		freshGrant(keyRing, { id, workspaceId, tokens, now: clock() });

	function underLease({ grant, id }: Lease, tx: Kysely<Tables> = db) {
		return tx
			.updateTable('grants')
			.where('id', '=', grant.id)
			.where(LEASE.isHeldBy(id))
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

		save: (consent) => db.transaction().execute((tx) => saveConsent(tx, keyRing, consent, clock())),

		async workspacesOn(grantId) {
			const rows = await db
				.selectFrom('connections')
				.select('workspace_id')
				.distinct()
				.where('grant_id', '=', grantId)
				.execute();
			return rows.map((row) => row.workspace_id);
		},

		async lease(grant, durationMs) {
			const now = clock();
			const lease = newLease(now, durationMs);
			const { numUpdatedRows } = await db
				.updateTable('grants')
				.set(LEASE.heldBy(lease))
				.where('id', '=', grant.id)
				.where('gen', '=', grant.gen)
				.where('status', '=', 'active')
				.where(LEASE.isFree(now))
				.executeTakeFirst();
			return numUpdatedRows > 0n ? { grant, id: lease.id } : undefined;
		},

		async keepAnswer({ id, grant }, tokens) {
			const { accessToken, refreshToken, scope, expiresAt } = completed(grant, tokens);
			// Client credentials can be asked for again; there is no only copy to lose.
			if (refreshToken === undefined) return;
			await db.transaction().execute(async (tx) => {
				const row = await lockGrant(tx, { id: grant.id });
				if (row === undefined) return;
				const { seal } = tokenSealer(keyRing, 'token_answers', id, row.workspace_id);
				await tx
					.insertInto('token_answers')
					.values({
						id,
						workspace_id: row.workspace_id,
						grant_id: grant.id,
						gen: grant.gen,
						access_token: seal('access_token', accessToken),
						refresh_token: seal('refresh_token', refreshToken),
						scope,
						expires_at: expiresAt,
					})
					.onConflict((conflict) => conflict.column('id').doNothing())
					.execute();
			});
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
			const { open } = tokenSealer(keyRing, 'token_answers', row.id, row.workspace_id);
			return {
				leaseId: row.id,
				tokens: {
					accessToken: open('access_token', row.access_token),
					refreshToken: open('refresh_token', row.refresh_token),
					scope: row.scope,
					expiresAt: row.expires_at,
				},
			};
		},

		adopt: (grant, { leaseId, tokens }) =>
			db.transaction().execute(async (tx) => {
				const { numUpdatedRows } = await tx
					.updateTable('grants')
					.set({ ...fresh(grant, tokens), gen: grant.gen + 1 })
					.where('id', '=', grant.id)
					.where('workspace_id', '=', grant.workspaceId)
					.where('gen', '=', grant.gen)
					.where((eb) => eb.or([LEASE.isHeldBy(leaseId), LEASE.isFree(clock())]))
					.executeTakeFirst();
				if (numUpdatedRows === 0n) return false;
				await forgetAnswers(tx, grant);
				await endGrantAlerts(tx, [grant.id], 'everyone', clock());
				return true;
			}),

		writeTokens: (lease, tokens) =>
			db.transaction().execute(async (tx) => {
				const { grant } = lease;
				const { numUpdatedRows } = await underLease(lease, tx)
					.set({
						...fresh(grant, completed(grant, tokens)),
						gen: grant.gen + 1,
					})
					.where('workspace_id', '=', grant.workspaceId)
					.executeTakeFirst();
				if (numUpdatedRows > 0n) await forgetAnswers(tx, grant);
				return numUpdatedRows > 0n;
			}),

		async markReauthRequired(lease) {
			const { numUpdatedRows } = await underLease(lease)
				.set({ status: 'reauth_required', ...LEASE.free })
				.executeTakeFirst();
			return numUpdatedRows > 0n;
		},

		async markAppKeysRefused(lease, keysUpdatedAt) {
			const { numUpdatedRows } = await underLease(lease)
				.set({ status: 'app_keys_refused', ...LEASE.free })
				.where(
					(e) =>
						e
							.selectFrom('app_keys')
							.select(({ fn }) => fn.max('updated_at').as('at'))
							.where('client_id', '=', lease.grant.clientId),
					'=',
					keysUpdatedAt,
				)
				.executeTakeFirst();
			return numUpdatedRows > 0n;
		},

		async markKeysLost(lease) {
			const { numUpdatedRows } = await underLease(lease)
				.set({ ...KEYS_LOST, keys_lost_at: clock(), ...LEASE.free })
				.where(isOfNoKeys)
				.executeTakeFirst();
			return numUpdatedRows > 0n;
		},

		async release(lease) {
			await underLease(lease).set(LEASE.free).execute();
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

		async loseKeyless() {
			const lost = await db
				.updateTable('grants')
				.set({ ...KEYS_LOST, keys_lost_at: clock() })
				.where('status', '!=', 'reauth_required')
				.where(isOfNoKeys)
				.returning('id')
				.execute();
			return lost.map(({ id }) => ({ id, ...KEYS_LOST, keysLost: true }));
		},

		removeIfUnused: (grantId) =>
			db.transaction().execute(async (tx) => {
				// Those of consents that waited for one that was removed go too.
				const unused = await unusedGrants(tx);
				const ended = await settleGrants(tx, [...new Set([grantId, ...unused])], clock());
				return ended.length > 0;
			}),
	};
}

async function unusedGrants(tx: Transaction<Tables>): Promise<string[]> {
	const rows = await tx
		.selectFrom('grants as g')
		.leftJoin('connections as c', 'c.grant_id', 'g.id')
		.leftJoin('connection_replacements as r', 'r.grant_id', 'g.id')
		.select('g.id')
		.where('c.id', 'is', null)
		.where('r.connection_id', 'is', null)
		.execute();
	return rows.map(({ id }) => id);
}

const KEYS_LOST = { status: 'reauth_required' } as const;

/** No workspace has keys of the app that the user consented to. */
function isOfNoKeys({ not, exists, selectFrom }: ExpressionBuilder<Tables, 'grants'>) {
	return not(
		exists(
			selectFrom('app_keys')
				.select('app_keys.workspace_id')
				.whereRef('app_keys.client_id', '=', 'grants.client_id'),
		),
	);
}

function openGrant(row: Tables['grants'], keyRing: KeyRing): Grant {
	const { open } = tokenSealer(keyRing, 'grants', row.id, row.workspace_id);
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		clientId: row.client_id,
		accessToken: open('access_token', row.access_token),
		// Only a refresh needs it; every call to Xero reads the grant.
		get refreshToken() {
			return row.refresh_token === null ? undefined : open('refresh_token', row.refresh_token);
		},
		scope: row.scope,
		expiresAt: row.expires_at,
		gen: row.gen,
		status: row.status,
		keysLost: row.keys_lost_at !== null,
	};
}
