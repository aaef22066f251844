import type { Expression, ExpressionBuilder, Kysely, Selectable, SqlBool } from 'kysely';
import type { Clock } from '../../clock';
import { NotFoundError } from '../../errors/requestErrors';
import type { Tables } from '../../database/tables';
import type { JoinKind, Role, WorkspaceRole } from '../../database/portalTables';
import type { Access, PortalUser } from './PortalUser';
import { leastRole } from './permissions';
import { hashToken, newToken } from './token';

/** What a one-time link allows whoever holds it. */
export interface JoinLink extends Access {
	readonly kind: JoinKind;
	/** Whose password is set anew. */
	readonly userId: string | null;
}

/** Who makes a link. It ends when this user is removed, or is no owner any more. */
export interface LinkMaker {
	/** The user's; null for the hub itself and the command line, which nobody can remove. */
	readonly id: string | null;
	/** As the audit log names them. */
	readonly name: string;
}

export type FoundLink =
	| { readonly kind: 'open'; readonly link: JoinLink }
	| { readonly kind: 'used' | 'ended' | 'expired' | 'unknown' };

/** Links that let one person in, once. */
export interface JoinLinks {
	/** The last part of the link. A new set-up link ends the older ones. */
	create(link: JoinLink, maker: LinkMaker): Promise<string>;
	/** Looks without using it up. */
	find(token: string): Promise<FoundLink>;
	/** True for one caller only, however many ask at the same time, and for none once its maker may make none. */
	use(token: string): Promise<boolean>;
	/** Those that somebody could still use, the one that ends first at the front. */
	listOpen(): Promise<OpenLink[]>;
	/**
	 * Ends a link that nobody has used.
	 *
	 * @returns what it would have given
	 * @throws NotFoundError when it was used meanwhile, or ended
	 */
	revoke(id: string): Promise<Pick<OpenLink, 'kind' | 'role'>>;
}

export interface OpenLink extends Access {
	/** Does not let anybody in. */
	readonly id: string;
	readonly kind: JoinKind;
	/** Whose password it changes; null for the others. */
	readonly email: string | null;
	/** Null for a link that an earlier version made. */
	readonly madeBy: string | null;
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
		async create({ kind, userId, role, workspaces }, maker) {
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
						role: leastRole({ role, workspaces }),
						...rowOf(workspaces),
						expires_at: at + LINK_LIFETIME_MS[kind],
						used_at: null,
						made_by: maker.id,
						made_by_name: maker.name,
						ended_at: null,
					})
					.execute();
			});
			return token;
		},
		async find(token) {
			const row = await db
				.selectFrom('join_links')
				.selectAll()
				.select((e) => e.case().when(makerMay(e)).then(1).else(0).end().as('maker_may'))
				.where('token_hash', '=', hashToken(token))
				.executeTakeFirst();
			if (row === undefined) return { kind: 'unknown' };
			if (row.used_at !== null) return { kind: 'used' };
			if (row.ended_at !== null || row.maker_may === 0) return { kind: 'ended' };
			return row.expires_at <= now() ? { kind: 'expired' } : { kind: 'open', link: toLink(row) };
		},
		async use(token) {
			const row = await db
				.updateTable('join_links')
				.set({ used_at: now() })
				.where('token_hash', '=', hashToken(token))
				.where('used_at', 'is', null)
				.where('ended_at', 'is', null)
				.where('expires_at', '>', now())
				.where(makerMay)
				.returning('token_hash')
				.executeTakeFirst();
			return row !== undefined;
		},
		async listOpen() {
			const rows = await db
				.selectFrom('join_links')
				.leftJoin('users', 'users.id', 'join_links.user_id')
				.selectAll('join_links')
				.select('users.email as email')
				.where('used_at', 'is', null)
				.where('ended_at', 'is', null)
				.where('expires_at', '>', now())
				.where(makerMay)
				.orderBy('expires_at')
				.execute();
			return rows.map((row) => {
				const { kind, role, workspaces } = toLink(row);
				return {
					id: row.token_hash,
					kind,
					role,
					workspaces,
					email: row.email,
					madeBy: row.made_by_name,
					expiresAt: row.expires_at,
				};
			});
		},
		async revoke(id) {
			const row = await db
				.deleteFrom('join_links')
				.where('token_hash', '=', id)
				.where('used_at', 'is', null)
				.returning(['kind', 'role'])
				.executeTakeFirst();
			if (row === undefined) throw new NotFoundError('This link was used meanwhile, or has ended.');
			return row;
		},
	};
}

/**
 * Asked with every look, besides what is written when a maker goes: a link that is made at the very
 * moment in which its maker is removed ends too.
 */
function makerMay(e: ExpressionBuilder<Tables, 'join_links'>): Expression<SqlBool> {
	return e.or([
		e('join_links.made_by', 'is', null),
		e.exists(
			e
				.selectFrom('users as makers')
				.select('makers.id')
				.whereRef('makers.id', '=', 'join_links.made_by')
				.where('makers.role', '=', 'owner'),
		),
	]);
}

function rowOf(workspaces: PortalUser['workspaces']) {
	const limits = workspaces === 'all' ? [] : workspaces;
	return {
		all_workspaces: workspaces === 'all' ? 1 : 0,
		workspace_ids: JSON.stringify(limits.map(({ id }) => id)),
		workspace_roles: JSON.stringify(Object.fromEntries(limits.map(({ id, role }) => [id, role]))),
	};
}

type LinkRow = Pick<
	Selectable<Tables['join_links']>,
	'kind' | 'user_id' | 'role' | 'all_workspaces' | 'workspace_ids' | 'workspace_roles'
>;

function toLink(row: LinkRow): JoinLink {
	const ids = JSON.parse(row.workspace_ids) as string[];
	const roles = JSON.parse(row.workspace_roles ?? '{}') as Partial<Record<string, WorkspaceRole>>;
	const own = asWorkspaceRole(row.role);
	return {
		kind: row.kind,
		userId: row.user_id,
		role: row.role,
		workspaces:
			row.all_workspaces === 1 ? 'all' : ids.map((id) => ({ id, role: roles[id] ?? own })),
	};
}

function asWorkspaceRole(role: Role): WorkspaceRole {
	return role === 'connector' ? role : 'viewer';
}
