import { createHash } from 'node:crypto';
import type { Clock } from '../../clock';
import { HubError } from '../../errors/HubError';
import { startRunLoop, type Next, type Rest } from '../../work/runLoop';
import type { GrantRows } from './grantRows';
import type { GrantVault } from './grantVault';

/** Keeps grants alive that nobody uses: Xero ends a refresh token that was not used for 60 days. */
export interface GrantKeeper {
	/** Starts no refresh more and waits for the one under way. */
	stop(): Promise<void>;
}

export interface GrantKeeperDeps {
	readonly grants: Pick<GrantRows, 'idleSince'>;
	readonly vault: Pick<GrantVault, 'accessToken'>;
	readonly clock: Clock;
	/** 0 ≤ random < 1. */
	readonly random: () => number;
	onKept(grantId: string): void;
	/** Xero or the database did not work; it is tried again within two hours. */
	onFault(cause: unknown): void;
	/** Resolves after `ms`, or at once when the keeper is stopped. */
	readonly rest?: Rest;
}

const DAY_MS = 86_400_000;

/** Leaves a month for outages of Xero's and of ours. */
const IDLE_MS = 28 * DAY_MS;

/** Consents given on one day are not all refreshed in one hour. */
const SPREAD_MS = 4 * DAY_MS;

const HOUR_MS = 3_600_000;

const BATCH = 100;

/**
 * Looks every one to two hours, and once at the start, for a hub that was off for weeks. Several hubs
 * on one ledger may look at the same moment: the vault's lease lets one of them refresh.
 */
export function startGrantKeeper(deps: GrantKeeperDeps): GrantKeeper {
	const { grants, vault, clock, random } = deps;

	async function keepOnce(stopped: AbortSignal): Promise<Next> {
		const now = clock();
		for (const { id, refreshedAt } of await grants.idleSince(now - IDLE_MS, BATCH)) {
			if (stopped.aborted) break;
			if (refreshedAt + IDLE_MS + SPREAD_MS * shareOf(id) <= now) await keep(id);
		}
		return 'rest';
	}

	async function keep(grantId: string): Promise<void> {
		try {
			// So long after its last refresh the access token has ended: asking for one refreshes.
			await vault.accessToken(grantId);
			deps.onKept(grantId);
		} catch (cause) {
			// The vault has told of a grant that needs a person; that is no fault of ours.
			if (!(cause instanceof HubError) || cause.status >= 500) deps.onFault(cause);
		}
	}

	const loop = startRunLoop({
		take: keepOnce,
		restMs: () => HOUR_MS * (1 + random()),
		rest: deps.rest,
		onFault: (cause) => deps.onFault(cause),
	});
	return { stop: () => loop.stop() };
}

/** The grant's own share of the spread, in [0, 1): the same in every process. */
function shareOf(grantId: string): number {
	return createHash('sha256').update(grantId).digest().readUInt32BE(0) / 2 ** 32;
}
