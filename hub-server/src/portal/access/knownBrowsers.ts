import type { Kysely } from 'kysely';
import type { Clock } from '../../clock';
import type { Tables } from '../../database/tables';
import { hashToken, newToken } from './token';

/** A browser that nobody signed in with for half a year is forgotten. */
export const KNOWN_FOR_MS = 180 * 24 * 3600_000;

/** Of one person. */
const MAX_BROWSERS = 20;

/**
 * Browsers in which a person has signed in before. Their tries are counted apart, so that strangers who
 * guess at the person's password cannot keep the person out (OWASP's device cookies,
 * https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies). It opens
 * nothing by itself; only the hash of its cookie is kept.
 */
export interface KnownBrowsers {
	/** @param token its cookie, where it has one @returns the cookie that it must keep from now on */
	remember(userId: string, token: string | undefined): Promise<string>;
	/** Whether somebody with this email address has signed in there. */
	isKnown(token: string, email: string): Promise<boolean>;
}

export function createKnownBrowsers(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): KnownBrowsers {
	const { db, now } = deps;

	async function forgetOld(userId: string): Promise<void> {
		await db
			.deleteFrom('known_browsers')
			.where('seen_at', '<=', now() - KNOWN_FOR_MS)
			.execute();
		await db
			.deleteFrom('known_browsers')
			.where('user_id', '=', userId)
			.where('token_hash', 'not in', (e) =>
				e
					.selectFrom('known_browsers')
					.select('token_hash')
					.where('user_id', '=', userId)
					.orderBy('seen_at', 'desc')
					.limit(MAX_BROWSERS),
			)
			.execute();
	}

	return {
		async remember(userId, token) {
			const seen = { seen_at: now() };
			if (token !== undefined) {
				const { numUpdatedRows } = await db
					.updateTable('known_browsers')
					.set(seen)
					.where('token_hash', '=', hashToken(token))
					.where('user_id', '=', userId)
					.executeTakeFirst();
				if (numUpdatedRows > 0n) return token;
			}
			const fresh = newToken();
			await db
				.insertInto('known_browsers')
				.values({ token_hash: hashToken(fresh), user_id: userId, ...seen })
				.execute();
			await forgetOld(userId);
			return fresh;
		},

		async isKnown(token, email) {
			const row = await db
				.selectFrom('known_browsers as b')
				.innerJoin('users as u', 'u.id', 'b.user_id')
				.select('b.user_id')
				.where('b.token_hash', '=', hashToken(token))
				.where('b.seen_at', '>', now() - KNOWN_FOR_MS)
				.where('u.email', '=', email.toLowerCase())
				.executeTakeFirst();
			return row !== undefined;
		},
	};
}
