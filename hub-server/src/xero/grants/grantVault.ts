import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Clock } from '../../clock';
import { NotFoundError } from '../../errors/requestErrors';
import type { TokenFailure } from '../identity/tokenFailure';
import {
	AppKeysRefusedError,
	ReauthRequiredError,
	XeroRefusedError,
	XeroUnreachableError,
} from '../../errors/xeroErrors';
import type { TokenOutcome, TokenSet, XeroIdentity } from '../identity/xeroIdentity';
import type { AppKeys, ReadGrantKeys } from '../identity/appKeys';
import type { Grant, GrantRows, GrantStatusChange, Lease } from './grantRows';
import type { Consent } from './saveConsent';

export interface AccessToken {
	readonly token: string;
	/** Epoch milliseconds. */
	readonly expiresAt: number;
	/** Space separated. */
	readonly scope: string;
	/** Of the app that it was given to. */
	readonly clientId: string;
}

/** The one owner of every token set. Refresh tokens go in and never come out. */
export interface GrantVault {
	/**
	 * Keeps a consent and the organisations that a workspace gets by it, all or nothing, durably once
	 * resolved. A new consent of the same user to the same app replaces the old tokens and heals the
	 * grant's status, for every workspace that uses it; grants that it leaves without a use go.
	 *
	 * @returns the grant's id
	 */
	store(consent: Consent): Promise<string>;

	/**
	 * An access token that is good for at least two more minutes. However many callers in however many
	 * processes need a new one, Xero is asked once.
	 *
	 * @throws ReauthRequiredError when Xero ended the consent, or nobody has the app's keys any more
	 * @throws AppKeysRefusedError when an admin must save app keys
	 * @throws XeroUnreachableError when it should be tried again later
	 * @throws NotFoundError when the grant was removed
	 */
	accessToken(grantId: string, options?: AccessTokenOptions): Promise<AccessToken>;

	/** Call after app keys were saved: those of another app may have stood in their place. */
	appKeysChanged(): Promise<void>;

	/** Call after a connection was removed. */
	removeIfUnused(grantId: string): Promise<void>;

	/** Resolves when no refresh is under way: a stop before it could lose a new token. */
	idle(): Promise<void>;
}

export interface AccessTokenOptions {
	/** A token that Xero answered with 401: any other one will do. */
	readonly rejectedToken?: string | undefined;
	/** On whose behalf, for the address at which a person reconnects. Default: the grant's home. */
	readonly workspaceId?: string | undefined;
}

/** A grant that gives no token until a person does something. */
interface Refusal {
	readonly refused: Pick<Grant, 'workspaceId' | 'status' | 'keysLost'>;
}

export interface GrantVaultDeps {
	readonly grants: GrantRows;
	readonly readGrantKeys: ReadGrantKeys;
	readonly identity: Pick<XeroIdentity, 'refresh' | 'clientCredentials'>;
	/** The page on which a person reconnects this workspace. */
	readonly connectLink: (workspaceId: string) => Promise<string>;
	readonly clock: Clock;
	/**
	 * Told once for each change that is news to people, by the process that made it, before the caller
	 * learns of it.
	 */
	readonly onStatusChange?: (change: GrantStatusChange) => Promise<void> | void;
	readonly sleep?: (ms: number) => Promise<unknown>;
	/** Default: 60,000. Longer than the identity client may take. */
	readonly leaseMs?: number;
}

/** Xero's access tokens live 30 minutes; a request under way must not outlive its token. */
const FRESH_FOR_MS = 2 * 60_000;

/** When Xero cannot be asked for a new token, an old one that still lives this long will do. */
const USABLE_FOR_MS = 10_000;

/** Longer than the identity client's 20 s timeout, so a living holder always knows its fate first. */
export const LEASE_MS = 60_000;

/** How often a process that waits for another's refresh looks at the row. */
const POLL_MS = 100;

/** A living holder is done within the HTTP timeout; a caller waits for that and a little more. */
const LONGEST_WAIT_MS = 25_000;

/** Pauses between tries to write a new token set: together as long as the lease. */
const WRITE_RETRY_MS = [50, 100, 200, 400, 800, ...Array.from({ length: 29 }, () => 2_000)];

/**
 * Refresh is a compare-and-swap lease on the grant's row, an HTTP call outside any transaction, the
 * answer into the journal, and a write fenced by lease and generation.
 *
 * An answer in the journal is never lost: whoever asks next completes the write of a holder that died,
 * or that was so slow that its lease had ended. After a crash between Xero's answer and the journal,
 * the row still holds the old refresh token; Xero takes it for 30 more minutes, and the next caller
 * uses it once the dead holder's lease has ended.
 */
export function createGrantVault(deps: GrantVaultDeps): GrantVault {
	const {
		grants,
		readGrantKeys,
		identity,
		connectLink,
		clock,
		onStatusChange,
		sleep = sleepFor,
		leaseMs = LEASE_MS,
	} = deps;
	const flights = new Map<string, Promise<AccessToken | Refusal>>();

	function isUsable(grant: Grant, rejected: string | undefined, forMs: number): boolean {
		return grant.accessToken !== rejected && grant.expiresAt - clock() > forMs;
	}

	async function readExisting(grantId: string): Promise<Grant> {
		const grant = await grants.read(grantId);
		if (grant !== undefined) return grant;
		throw new NotFoundError(
			'This connection was removed. Connect the organisation again to use it.',
		);
	}

	/** One refresh per grant in this process; the lease sees to the other processes. */
	async function join(
		grantId: string,
		rejected: string | undefined,
	): Promise<AccessToken | Refusal> {
		for (;;) {
			const flight = flights.get(grantId);
			if (flight === undefined) return fly(grantId, rejected);
			const landed = await flight;
			if ('refused' in landed || landed.token !== rejected) return landed;
		}
	}

	function fly(grantId: string, rejected: string | undefined): Promise<AccessToken | Refusal> {
		const flight = refresh(grantId, rejected).finally(() => flights.delete(grantId));
		flights.set(grantId, flight);
		return flight;
	}

	async function refresh(
		grantId: string,
		rejected: string | undefined,
	): Promise<AccessToken | Refusal> {
		for (let waitedMs = 0; waitedMs <= LONGEST_WAIT_MS;) {
			const grant = await readExisting(grantId);
			const isActive = grant.status === 'active';
			if (isActive && isUsable(grant, rejected, FRESH_FOR_MS)) return accessTokenOf(grant);
			if (await completeHeld(grant)) continue;
			if (!isActive) return { refused: grant };

			const lease = await grants.lease(grant, leaseMs);
			const landed = lease && (await refreshUnder(lease, rejected));
			if (landed !== undefined) return landed;
			if (lease === undefined) {
				await sleep(POLL_MS);
				waitedMs += POLL_MS;
			}
		}
		throw new XeroUnreachableError(
			'Another hub process began to refresh this access token and has not finished',
			Math.ceil(leaseMs / 1000),
		);
	}

	/** @returns whether the row has moved on because of an answer that its holder could not write */
	async function completeHeld(grant: Grant): Promise<boolean> {
		const held = await grants.heldAnswer(grant);
		if (held === undefined || !(await grants.adopt(grant, held))) return false;
		if (grant.status !== 'active') await tell({ ...grant, status: 'active', keysLost: false });
		return true;
	}

	/** @returns undefined when the row has moved on and must be read again */
	async function refreshUnder(
		lease: Lease,
		rejected: string | undefined,
	): Promise<AccessToken | Refusal | undefined> {
		let finished = false;
		async function refuse(change: Pick<Grant, 'status' | 'keysLost'>, isMarked: boolean) {
			finished = isMarked;
			if (!isMarked) return undefined;
			const refused = { ...lease.grant, ...change };
			await tell(refused);
			return { refused };
		}
		try {
			const keys = await readGrantKeys(lease.grant);
			const [first, ...others] = keys;
			if (first === undefined) {
				const change = { status: 'reauth_required' as const, keysLost: true };
				return await refuse(change, await grants.markKeysLost(lease));
			}
			const outcome = await ask(first, others, lease.grant);
			if (outcome.kind === 'tokens') {
				const written = await persist(async () => {
					await grants.keepAnswer(lease, outcome.tokens);
					return grants.writeTokens(lease, outcome.tokens);
				});
				finished = true;
				return written ? tokenFrom(outcome.tokens, lease.grant) : undefined;
			}
			if (outcome.kind === 'invalid_grant') {
				// Spent by a holder whose lease had ended: its answer came late, and is in the journal.
				const held = await grants.heldAnswer(lease.grant);
				if (held !== undefined) {
					finished = await grants.writeTokens(lease, held.tokens);
					return undefined;
				}
			}
			if (outcome.kind === 'invalid_grant') {
				const change = { status: 'reauth_required' as const, keysLost: false };
				return await refuse(change, await grants.markReauthRequired(lease));
			}
			if (outcome.kind === 'invalid_client') {
				const change = { status: 'app_keys_refused' as const, keysLost: false };
				const newest = Math.max(...keys.map(({ updatedAt }) => updatedAt));
				return await refuse(change, await grants.markAppKeysRefused(lease, newest));
			}
			if (isUsable(lease.grant, rejected, USABLE_FOR_MS)) return accessTokenOf(lease.grant);
			throw outageError(outcome);
		} finally {
			if (!finished) await grants.release(lease);
		}
	}

	/** A secret that was replaced at Xero may have been saved in one of the workspaces only. */
	async function ask(
		keys: AppKeys,
		others: readonly AppKeys[],
		grant: Grant,
	): Promise<TokenOutcome> {
		const outcome = await askWith(keys, grant);
		const next = others.find(({ clientSecret }) => clientSecret !== keys.clientSecret);
		if (outcome.kind !== 'invalid_client' || next === undefined) return outcome;
		return ask(
			next,
			others.filter(({ clientSecret }) => clientSecret !== next.clientSecret),
			grant,
		);
	}

	function askWith(keys: AppKeys, grant: Grant): Promise<TokenOutcome> {
		return grant.refreshToken === undefined
			? identity.clientCredentials(keys, grant.scope.split(' '))
			: identity.refresh(keys, grant.refreshToken);
	}

	async function tell({ id, status, keysLost }: GrantStatusChange): Promise<void> {
		await onStatusChange?.({ id, status, keysLost });
	}

	async function refusalError({ refused }: Refusal, workspaceId = refused.workspaceId) {
		return refused.status === 'app_keys_refused'
			? new AppKeysRefusedError()
			: new ReauthRequiredError(await connectLink(workspaceId), refused);
	}

	/** The new refresh token exists nowhere else, so the write is tried for as long as the lease runs. */
	async function persist(write: () => Promise<boolean>): Promise<boolean> {
		for (const pauseMs of WRITE_RETRY_MS) {
			try {
				return await write();
			} catch {
				await sleep(pauseMs);
			}
		}
		return write();
	}

	return {
		async store(consent) {
			const { grantId, alertsEnded } = await grants.save(consent);
			for (const id of alertsEnded) {
				await tell({ id, status: id === grantId ? 'active' : 'removed', keysLost: false });
			}
			return grantId;
		},

		async accessToken(grantId, { rejectedToken, workspaceId } = {}) {
			const grant = await readExisting(grantId);
			if (grant.status === 'active' && isUsable(grant, rejectedToken, FRESH_FOR_MS)) {
				return accessTokenOf(grant);
			}
			const landed = await join(grantId, rejectedToken);
			if ('refused' in landed) throw await refusalError(landed, workspaceId);
			return landed;
		},

		async appKeysChanged() {
			for (const change of await grants.loseKeyless()) await tell(change);
		},

		async removeIfUnused(id) {
			const isNews = await grants.removeIfUnused(id);
			if (isNews) await tell({ id, status: 'removed', keysLost: false });
		},

		async idle() {
			await Promise.allSettled(flights.values());
		},
	};
}

function accessTokenOf({ accessToken, expiresAt, scope, clientId }: Grant): AccessToken {
	return { token: accessToken, expiresAt, scope, clientId };
}

function tokenFrom({ accessToken, expiresAt, scope }: TokenSet, grant: Grant): AccessToken {
	const { clientId } = grant;
	return { token: accessToken, expiresAt, scope: scope || grant.scope, clientId };
}

function outageError(outcome: Extract<TokenFailure, { reason: string }>) {
	return outcome.kind === 'refused'
		? new XeroRefusedError(outcome.reason)
		: new XeroUnreachableError(outcome.reason);
}
