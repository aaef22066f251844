import type { Kysely } from 'kysely';
import type { Clock } from '../../clock';
import type { Tables } from '../../database/tables';
import { hashToken, newToken } from './token';

/** A session ends when nobody used it for half a day … */
export const IDLE_MS = 12 * 3600_000;

/** … and after a week in any case. */
export const ABSOLUTE_MS = 7 * 24 * 3600_000;

const SEEN_RESOLUTION_MS = 60_000;

/** Signed-in browsers. Only the hash of a cookie is kept. */
export interface SessionStore {
	/** The cookie of a new session. */
	create(userId: string): Promise<string>;
	/** Whose session the cookie is, while it lives; being asked for keeps it alive, unless told not to. */
	userOf(token: string, options?: { readonly keepAlive: boolean }): Promise<string | undefined>;
	/** Idempotent. */
	end(token: string): Promise<void>;
}

export function createSessionStore(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): SessionStore {
	const { db, now } = deps;

	return {
		async create(userId) {
			const token = newToken();
			const at = now();
			await db
				.deleteFrom('portal_sessions')
				.where((e) =>
					e.or([e('seen_at', '<=', at - IDLE_MS), e('created_at', '<=', at - ABSOLUTE_MS)]),
				)
				.execute();
			await db
				.insertInto('portal_sessions')
				.values({ token_hash: hashToken(token), user_id: userId, created_at: at, seen_at: at })
				.execute();
			return token;
		},
		async userOf(token, { keepAlive } = { keepAlive: true }) {
			const hash = hashToken(token);
			const at = now();
			const row = await db
				.selectFrom('portal_sessions')
				.select(['user_id', 'seen_at'])
				.where('token_hash', '=', hash)
				.where('seen_at', '>', at - IDLE_MS)
				.where('created_at', '>', at - ABSOLUTE_MS)
				.executeTakeFirst();
			if (row === undefined) return undefined;
			if (keepAlive && row.seen_at <= at - SEEN_RESOLUTION_MS) {
				await db
					.updateTable('portal_sessions')
					.set({ seen_at: at })
					.where('token_hash', '=', hash)
					.execute();
			}
			return row.user_id;
		},
		async end(token) {
			await db.deleteFrom('portal_sessions').where('token_hash', '=', hashToken(token)).execute();
		},
	};
}
