import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../clock';
import type { Tables } from '../../database/tables';
import type { SignInStepKind } from '../../database/portalTables';
import type { KeyRing } from '../../secrets/keyRing';

/** What a browser was asked for and has not answered yet, such as the code after the password. */
export interface SignInStep {
	/** Who is meant; null where the answer is to say so. */
	readonly userId: string | null;
	/** What the answer is held against: a challenge, a secret that was shown. */
	readonly asked: string;
}

/**
 * Steps that are under way, each bound to the cookie of one browser: one of a kind at a time, for a few
 * minutes. What was asked is sealed.
 */
export interface SignInSteps {
	/** Ends the one before of that kind in that browser. */
	begin(kind: SignInStepKind, browser: string, step: SignInStep): Promise<void>;
	/** Looks without ending it. */
	look(kind: SignInStepKind, browser: string): Promise<SignInStep | undefined>;
	/** Ends it. Of those who ask at the same time one gets it. */
	take(kind: SignInStepKind, browser: string): Promise<SignInStep | undefined>;
}

/** Long enough to find the telephone. */
export const STEP_LIFETIME_MS = 10 * 60_000;

export function createSignInSteps(deps: {
	readonly db: Kysely<Tables>;
	readonly keyRing: Pick<KeyRing, 'seal' | 'open'>;
	readonly now: Clock;
}): SignInSteps {
	const { db, keyRing, now } = deps;

	const placeOf = (id: string) => ({
		table: 'sign_in_steps',
		row: id,
		column: 'asked',
		workspace: '',
	});

	function open(row: Tables['sign_in_steps'] | undefined): SignInStep | undefined {
		if (row === undefined || row.expires_at <= now()) return undefined;
		return { userId: row.user_id, asked: keyRing.open(row.asked, placeOf(row.id)) };
	}

	return {
		async begin(kind, browser, { userId, asked }) {
			const id = idOf(kind, browser);
			const at = now();
			const row = {
				kind,
				user_id: userId,
				asked: keyRing.seal(asked, placeOf(id)),
				expires_at: at + STEP_LIFETIME_MS,
			};
			await db.deleteFrom('sign_in_steps').where('expires_at', '<=', at).execute();
			await db
				.insertInto('sign_in_steps')
				.values({ id, ...row })
				.onConflict((conflict) => conflict.column('id').doUpdateSet(row))
				.execute();
		},
		async look(kind, browser) {
			const row = await db
				.selectFrom('sign_in_steps')
				.selectAll()
				.where('id', '=', idOf(kind, browser))
				.executeTakeFirst();
			return open(row);
		},
		async take(kind, browser) {
			const row = await db
				.deleteFrom('sign_in_steps')
				.where('id', '=', idOf(kind, browser))
				.returningAll()
				.executeTakeFirst();
			return open(row);
		},
	};
}

function idOf(kind: SignInStepKind, browser: string): string {
	return createHash('sha256').update(`${kind} ${browser}`).digest('hex');
}
