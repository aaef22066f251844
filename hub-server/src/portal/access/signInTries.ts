import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../clock';
import type { Tables } from '../../database/tables';

/**
 * Slows down whoever tries passwords, over all hubs on one ledger: each name, such as an account or a
 * network, has ten tries, and another one every ninety seconds.
 */
export interface SignInTries {
	/**
	 * Takes a try of each name. Call it before the password is looked at: what is tried at the same
	 * moment counts too.
	 *
	 * @returns 0, or the milliseconds until the name that has none left has another; then none is taken
	 */
	take(names: readonly string[]): Promise<number>;
	/** For a password that was right. */
	giveBack(names: readonly string[]): Promise<void>;
}

export interface SignInLimits {
	/** Tries that a name has at once. */
	readonly burst: number;
	/** Milliseconds until one that was taken is there again. */
	readonly refillMs: number;
}

const LIMITS: SignInLimits = { burst: 10, refillMs: 90_000 };

/** Whoever fills the table with names may not fill the disk: beyond this the emptiest are forgotten. */
const MAX_NAMES = 100_000;

const TIDY_EVERY = 1_000;

/** A name's row says when all its tries are there again (GCRA), so one statement takes one. */
export function createSignInTries(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	readonly limits?: SignInLimits;
	readonly maxNames?: number;
}): SignInTries {
	const { db, now, limits = LIMITS, maxNames = MAX_NAMES } = deps;
	const { burst, refillMs } = limits;
	let untilTidy = 0;

	async function takeOne(name: string): Promise<number> {
		const at = now();
		const latest = at + (burst - 1) * refillMs;
		// No name can be further than all its tries away: this was written before the clock was set back,
		// and counts as all tries but one taken now. One refill of room, for hubs whose clocks differ.
		const impossible = at + (burst + 1) * refillMs;
		const taken = await db
			.insertInto('sign_in_tries')
			.values({ name_hash: hashOf(name), full_at: at + refillMs })
			.onConflict((conflict) =>
				conflict
					.column('name_hash')
					.doUpdateSet((e) => ({
						full_at: e(
							e
								.case()
								.when('sign_in_tries.full_at', '>', impossible)
								.then(latest)
								.when('sign_in_tries.full_at', '>', at)
								.then(e.ref('sign_in_tries.full_at'))
								.else(at)
								.end(),
							'+',
							refillMs,
						),
					}))
					.where((e) =>
						e.or([
							e('sign_in_tries.full_at', '<=', latest),
							e('sign_in_tries.full_at', '>', impossible),
						]),
					),
			)
			.returning('full_at')
			.executeTakeFirst();
		if (taken !== undefined) return 0;
		const row = await db
			.selectFrom('sign_in_tries')
			.select('full_at')
			.where('name_hash', '=', hashOf(name))
			.executeTakeFirst();
		return Math.max(1, (row?.full_at ?? 0) - latest);
	}

	async function giveBack(names: readonly string[]): Promise<void> {
		if (names.length === 0) return;
		await db
			.updateTable('sign_in_tries')
			.set((e) => ({ full_at: e('full_at', '-', refillMs) }))
			.where('name_hash', 'in', names.map(hashOf))
			.execute();
	}

	/** What has all its tries again is as good as unknown. */
	async function tidy(): Promise<void> {
		untilTidy = TIDY_EVERY;
		await db.deleteFrom('sign_in_tries').where('full_at', '<=', now()).execute();
		const beyond = await db
			.selectFrom('sign_in_tries')
			.select('full_at')
			.orderBy('full_at', 'desc')
			.offset(maxNames)
			.limit(1)
			.executeTakeFirst();
		if (beyond === undefined) return;
		await db.deleteFrom('sign_in_tries').where('full_at', '<=', beyond.full_at).execute();
	}

	return {
		giveBack,
		async take(names) {
			if (untilTidy === 0) await tidy();
			untilTidy -= 1;
			const taken: string[] = [];
			for (const name of names) {
				const waitMs = await takeOne(name);
				if (waitMs > 0) {
					await giveBack(taken);
					return waitMs;
				}
				taken.push(name);
			}
			return 0;
		},
	};
}

/** People type passwords where the address belongs: neither is kept. */
function hashOf(name: string): string {
	return createHash('sha256').update(name).digest('hex');
}
