import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '../../clock';
import { NotFoundError } from '../../errors/requestErrors';
import type { Tables } from '../../database/tables';
import type { JoinKind, Role } from '../../database/portalTables';
import type { PortalUser } from './PortalUser';
import { hashToken, newToken } from './token';

/** What a one-time link allows whoever holds it. */
export interface JoinLink {
	readonly kind: JoinKind;
	/** Whose password is set anew. */
	readonly userId: string | null;
	readonly role: Role;
	readonly workspaces: PortalUser['workspaces'];
}

export type FoundLink =
	| { readonly kind: 'open'; readonly link: JoinLink }
	| { readonly kind: 'used' | 'expired' | 'unknown' };

/** Links that let one person in, once. */
export interface JoinLinks {
	/** The last part of the link. A new set-up link ends the older ones. */
	create(link: JoinLink): Promise<string>;
	/** Looks without using it up. */
	find(token: string): Promise<FoundLink>;
	/** True for one caller only, however many ask at the same time. */
	use(token: string): Promise<boolean>;
	/** Those that somebody could still use, the one that ends first at the front. */
	openInvitations(): Promise<OpenInvitation[]>;
	/**
	 * Ends an invitation that nobody has used.
	 *
	 * @returns the role that it would have given
	 * @throws NotFoundError when it was used meanwhile, or ended
	 */
	revoke(id: string): Promise<Role>;
}

export interface OpenInvitation {
	/** Does not let anybody in. */
	readonly id: string;
	readonly role: Role;
	readonly workspaces: PortalUser['workspaces'];
	/** Epoch milliseconds. */
	readonly expiresAt: number;
}

/** How long each kind of link may be used. */
export const LINK_LIFETIME_MS: Readonly<Record<JoinKind, number>> = {
	set_up: 24 * 3600_000,
	invitation: 7 * 24 * 3600_000,
	password: 24 * 3600_000,
};

/** Kept a while longer, so that a late person is told what happened. */
const REMEMBERED_MS = 30 * 24 * 3600_000;

export function createJoinLinks(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): JoinLinks {
	const { db, now } = deps;

	return {
		async create({ kind, userId, role, workspaces }) {
			const token = newToken();
			const at = now();
			await db.transaction().execute(async (tx) => {
				await tx
					.deleteFrom('join_links')
					.where('expires_at', '<', at - REMEMBERED_MS)
					.execute();
				if (kind === 'set_up') {
					await tx.deleteFrom('join_links').where('kind', '=', 'set_up').execute();
				}
				await tx
					.insertInto('join_links')
					.values({
						token_hash: hashToken(token),
						kind,
						user_id: userId,
						role,
						all_workspaces: workspaces === 'all' ? 1 : 0,
						workspace_ids: JSON.stringify(workspaces === 'all' ? [] : workspaces),
						expires_at: at + LINK_LIFETIME_MS[kind],
						used_at: null,
					})
					.execute();
			});
			return token;
		},
		async find(token) {
			const row = await db
				.selectFrom('join_links')
				.selectAll()
				.where('token_hash', '=', hashToken(token))
				.executeTakeFirst();
			if (row === undefined) return { kind: 'unknown' };
			if (row.used_at !== null) return { kind: 'used' };
			return row.expires_at <= now() ? { kind: 'expired' } : { kind: 'open', link: toLink(row) };
		},
		async use(token) {
			const row = await db
				.updateTable('join_links')
				.set({ used_at: now() })
				.where('token_hash', '=', hashToken(token))
				.where('used_at', 'is', null)
				.where('expires_at', '>', now())
				.returning('token_hash')
				.executeTakeFirst();
			return row !== undefined;
		},
		async openInvitations() {
			const rows = await db
				.selectFrom('join_links')
				.selectAll()
				.where('kind', '=', 'invitation')
				.where('used_at', 'is', null)
				.where('expires_at', '>', now())
				.orderBy('expires_at')
				.execute();
			return rows.map((row) => {
				const { role, workspaces } = toLink(row);
				return { id: row.token_hash, role, workspaces, expiresAt: row.expires_at };
			});
		},
		async revoke(id) {
			const row = await db
				.deleteFrom('join_links')
				.where('token_hash', '=', id)
				.where('kind', '=', 'invitation')
				.where('used_at', 'is', null)
				.returning('role')
				.executeTakeFirst();
			if (row === undefined) {
				throw new NotFoundError('This invitation was used meanwhile, or has ended.');
			}
			return row.role;
		},
	};
}

function toLink(row: Selectable<Tables['join_links']>): JoinLink {
	return {
		kind: row.kind,
		userId: row.user_id,
		role: row.role,
		workspaces: row.all_workspaces === 1 ? 'all' : (JSON.parse(row.workspace_ids) as string[]),
	};
}
