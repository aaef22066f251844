import type { Kysely } from 'kysely';
import type { Clock } from '../../clock';
import type { SessionMethod } from '../../database/portalTables';
import type { Tables } from '../../database/tables';
import { NotFoundError } from '../../errors/requestErrors';
import type { SessionOrigin } from './sessionOrigin';
import { hashToken, newToken } from './token';

/** A session ends when nobody used it for half a day … */
export const IDLE_MS = 12 * 3600_000;

/** … and after a week in any case. */
export const ABSOLUTE_MS = 7 * 24 * 3600_000;

/** Who came by OpenID Connect is looked at anew by then: groups may have changed. */
export const OIDC_MS = 8 * 3600_000;

const SEEN_RESOLUTION_MS = 60_000;

/** A browser in which somebody is signed in. */
export interface Session {
	/** Does not let anybody in. */
	readonly id: string;
	readonly userId: string;
	/** Epoch milliseconds, as the others. */
	readonly createdAt: number;
	/** To the minute. */
	readonly seenAt: number;
	/** Null for one that an earlier version began. */
	readonly browser: string | null;
	readonly network: string | null;
	/** When the person last proved who they are in it; null before an earlier version's was asked. */
	readonly confirmedAt: number | null;
	readonly method: SessionMethod | null;
}

/** Signed-in browsers. Only the hash of a cookie is kept. */
export interface SessionStore {
	/** The cookie of a new session. */
	create(userId: string, origin: SessionOrigin, method?: SessionMethod): Promise<string>;
	/** The session whose cookie it is, while it lives; being asked for keeps it alive. */
	find(token: string): Promise<Session | undefined>;
	/** Whose session the cookie is, while it lives; being asked for keeps it alive, unless told not to. */
	userOf(token: string, options?: { readonly keepAlive: boolean }): Promise<string | undefined>;
	/** The sessions of a person that live, the one that was seen last at the front. */
	list(userId: string): Promise<Session[]>;
	/** The person has just proved who they are. */
	confirm(id: string): Promise<void>;
	/** Idempotent. */
	end(token: string): Promise<void>;
	/** Ends one of a person's by its id. @throws NotFoundError when it has ended, or is somebody else's */
	endOne(userId: string, id: string): Promise<void>;
	/** @param except the id of the one that goes on @returns how many ended */
	endAll(userId: string, except?: string): Promise<number>;
}

export function createSessionStore(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): SessionStore {
	const { db, now } = deps;

	const living = () =>
		db
			.selectFrom('portal_sessions')
			.selectAll()
			.where('seen_at', '>', now() - IDLE_MS)
			.where('created_at', '>', now() - ABSOLUTE_MS)
			.where((e) =>
				e.or([
					e('method', 'is', null),
					e('method', '!=', 'oidc'),
					e('created_at', '>', now() - OIDC_MS),
				]),
			);

	async function find(token: string, keepAlive: boolean): Promise<Session | undefined> {
		const hash = hashToken(token);
		const row = await living().where('token_hash', '=', hash).executeTakeFirst();
		if (row === undefined) return undefined;
		const at = now();
		if (keepAlive && row.seen_at <= at - SEEN_RESOLUTION_MS) {
			await db
				.updateTable('portal_sessions')
				.set({ seen_at: at })
				.where('token_hash', '=', hash)
				.execute();
		}
		return toSession(row);
	}

	return {
		find: (token) => find(token, true),
		async create(userId, { browser, network }, method = 'own') {
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
				.values({
					token_hash: hashToken(token),
					user_id: userId,
					created_at: at,
					seen_at: at,
					browser,
					network,
					confirmed_at: at,
					method,
				})
				.execute();
			return token;
		},
		async userOf(token, { keepAlive } = { keepAlive: true }) {
			return (await find(token, keepAlive))?.userId;
		},
		async list(userId) {
			const rows = await living()
				.where('user_id', '=', userId)
				.orderBy('seen_at', 'desc')
				.orderBy('token_hash')
				.execute();
			return rows.map(toSession);
		},
		async confirm(id) {
			await db
				.updateTable('portal_sessions')
				.set({ confirmed_at: now() })
				.where('token_hash', '=', id)
				.execute();
		},
		async end(token) {
			await db.deleteFrom('portal_sessions').where('token_hash', '=', hashToken(token)).execute();
		},
		async endOne(userId, id) {
			const { numDeletedRows } = await db
				.deleteFrom('portal_sessions')
				.where('token_hash', '=', id)
				.where('user_id', '=', userId)
				.executeTakeFirst();
			if (numDeletedRows === 0n) throw new NotFoundError('This session has ended already.');
		},
		async endAll(userId, except) {
			const { numDeletedRows } = await db
				.deleteFrom('portal_sessions')
				.where('user_id', '=', userId)
				.$if(except !== undefined, (query) => query.where('token_hash', '!=', except ?? ''))
				.executeTakeFirst();
			return Number(numDeletedRows);
		},
	};
}

function toSession(row: Tables['portal_sessions']): Session {
	return {
		id: row.token_hash,
		userId: row.user_id,
		createdAt: row.created_at,
		seenAt: row.seen_at,
		browser: row.browser,
		network: row.network,
		confirmedAt: row.confirmed_at,
		method: row.method,
	};
}
