import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '../../clock';
import { ConflictError, NotFoundError } from '../../errors/requestErrors';
import { newId } from '../../database/newId';
import type { Tables } from '../../database/tables';
import { hashPassword, isPassword } from './passwords';
import { leastRole } from './permissions';
import type { Access, PortalUser } from './PortalUser';

export interface NewUser extends Access {
	readonly email: string;
	readonly name: string;
	/** Null: they come by OpenID Connect, or a passkey. */
	readonly password: string | null;
	readonly identity?: Identity;
}

/** Who somebody is at a provider of OpenID Connect. */
export interface Identity {
	readonly issuer: string;
	readonly subject: string;
}

/** The people of the portal. Email addresses are compared in lower case. */
export interface UserStore {
	any(): Promise<boolean>;
	/** @throws ConflictError when the address is taken */
	create(user: NewUser): Promise<PortalUser>;
	list(): Promise<PortalUser[]>;
	/** @throws NotFoundError */
	get(id: string): Promise<PortalUser>;
	findByEmail(email: string): Promise<PortalUser | undefined>;
	findByIdentity(issuer: string, subject: string): Promise<PortalUser | undefined>;
	/** False when the person has another identity already. */
	linkIdentity(id: string, identity: Identity): Promise<boolean>;
	/** The person, when the password is theirs. Takes as long when there is no such person. Lets nobody in by itself. */
	authenticate(email: string, password: string): Promise<PortalUser | undefined>;
	/** The person has signed in just now. */
	noteSignIn(id: string): Promise<void>;
	/** Somebody took the person's second factor away. @param by as the audit log names them */
	noteReset(id: string, by: string): Promise<void>;
	/** The person has read of it. Idempotent. */
	forgetReset(id: string): Promise<void>;
	/** Ends the person's sessions and links to another password, and forgets their browsers. @throws NotFoundError */
	setPassword(id: string, password: string): Promise<void>;
	/**
	 * Of who is no owner any more, the links that they made end.
	 *
	 * @throws NotFoundError, or ConflictError when no owner would be left
	 */
	setAccess(id: string, access: Access): Promise<void>;
	/** With every session, and the links that they made. @throws NotFoundError, or ConflictError when no owner would be left */
	remove(id: string): Promise<void>;
}

export function createUserStore(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): UserStore {
	const { db, now } = deps;

	const select = () => db.selectFrom('users').selectAll();

	async function withWorkspaces(row: Selectable<Tables['users']>): Promise<PortalUser> {
		const limits =
			row.all_workspaces === 1
				? []
				: await db
						.selectFrom('user_workspaces')
						.select(['workspace_id', 'role'])
						.where('user_id', '=', row.id)
						.execute();
		const own = row.role === 'connector' ? row.role : 'viewer';
		return {
			id: row.id,
			email: row.email,
			name: row.name,
			role: row.role,
			workspaces:
				row.all_workspaces === 1
					? 'all'
					: limits.map((limit) => ({ id: limit.workspace_id, role: limit.role ?? own })),
			createdAt: row.created_at,
			signedInAt: row.signed_in_at,
			secondFactorReset:
				row.reset_at === null ? null : { at: row.reset_at, by: row.reset_by ?? 'Somebody' },
		};
	}

	async function get(id: string): Promise<PortalUser> {
		const row = await select().where('id', '=', id).executeTakeFirst();
		if (row === undefined) throw new NotFoundError('There is no such user.');
		return withWorkspaces(row);
	}

	const byEmail = (email: string) =>
		select().where('email', '=', email.toLowerCase()).executeTakeFirst();

	return {
		get,
		async any() {
			return (await db.selectFrom('users').select('id').executeTakeFirst()) !== undefined;
		},
		async create({ email, name, password, role, workspaces, identity }) {
			const hash = password === null ? '' : await hashPassword(password);
			const id = newId(now());
			await db.transaction().execute(async (tx) => {
				const row = await tx
					.insertInto('users')
					.values({
						id,
						email: email.toLowerCase(),
						name,
						password_hash: hash,
						role: leastRole({ role, workspaces }),
						all_workspaces: workspaces === 'all' ? 1 : 0,
						created_at: now(),
						signed_in_at: now(),
						oidc_issuer: identity?.issuer ?? null,
						oidc_subject: identity?.subject ?? null,
					})
					.onConflict((conflict) => conflict.column('email').doNothing())
					.returning('id')
					.executeTakeFirst();
				if (!row) throw new ConflictError(`Somebody with the address ${email} has access already.`);
				await limitTo(tx, id, workspaces);
			});
			return get(id);
		},
		async list() {
			const rows = await select().orderBy('name').orderBy('email').execute();
			return Promise.all(rows.map(withWorkspaces));
		},
		async findByEmail(email) {
			const row = await byEmail(email);
			return row && withWorkspaces(row);
		},
		async findByIdentity(issuer, subject) {
			const row = await select()
				.where('oidc_issuer', '=', issuer)
				.where('oidc_subject', '=', subject)
				.executeTakeFirst();
			return row && withWorkspaces(row);
		},
		async linkIdentity(id, { issuer, subject }) {
			const row = await db
				.updateTable('users')
				.set({ oidc_issuer: issuer, oidc_subject: subject })
				.where('id', '=', id)
				.where('oidc_subject', 'is', null)
				.returning('id')
				.executeTakeFirst();
			return row !== undefined;
		},
		async authenticate(email, password) {
			const row = await byEmail(email);
			if (!(await isPassword(password, row?.password_hash)) || row === undefined) return undefined;
			return withWorkspaces(row);
		},
		async noteSignIn(id) {
			await db.updateTable('users').set({ signed_in_at: now() }).where('id', '=', id).execute();
		},
		async noteReset(id, by) {
			const reset = { reset_at: now(), reset_by: by };
			await db.updateTable('users').set(reset).where('id', '=', id).execute();
		},
		async forgetReset(id) {
			const reset = { reset_at: null, reset_by: null };
			await db.updateTable('users').set(reset).where('id', '=', id).execute();
		},
		async setPassword(id, password) {
			await get(id);
			const hash = await hashPassword(password);
			await db.transaction().execute(async (tx) => {
				await tx.updateTable('users').set({ password_hash: hash }).where('id', '=', id).execute();
				await tx.deleteFrom('portal_sessions').where('user_id', '=', id).execute();
				await tx.deleteFrom('known_browsers').where('user_id', '=', id).execute();
				await endLinks(tx, 'user_id', id, now());
			});
		},
		async setAccess(id, { role, workspaces }) {
			await get(id);
			await db.transaction().execute(async (tx) => {
				if (role !== 'owner') {
					await requireAnotherOwner(tx, id);
					await endLinks(tx, 'made_by', id, now());
				}
				await tx
					.updateTable('users')
					.set({
						role: leastRole({ role, workspaces }),
						all_workspaces: workspaces === 'all' ? 1 : 0,
					})
					.where('id', '=', id)
					.execute();
				await tx.deleteFrom('user_workspaces').where('user_id', '=', id).execute();
				await limitTo(tx, id, workspaces);
			});
		},
		async remove(id) {
			await get(id);
			await db.transaction().execute(async (tx) => {
				await requireAnotherOwner(tx, id);
				await endLinks(tx, 'made_by', id, now());
				await tx.deleteFrom('users').where('id', '=', id).execute();
			});
		},
	};
}

async function limitTo(
	tx: Transaction<Tables>,
	userId: string,
	workspaces: PortalUser['workspaces'],
): Promise<void> {
	if (workspaces === 'all') return;
	for (const { id, role } of workspaces) {
		// Only those that still exist: an invitation may be older than a workspace's end.
		await tx
			.insertInto('user_workspaces')
			.columns(['user_id', 'workspace_id', 'role'])
			.expression((e) =>
				e
					.selectFrom('workspaces')
					.select((s) => [s.val(userId).as('user_id'), 'id', s.val(role).as('role')])
					.where('id', '=', id),
			)
			.execute();
	}
}

/** Those that nobody has used. */
async function endLinks(
	tx: Transaction<Tables>,
	by: 'user_id' | 'made_by',
	userId: string,
	at: number,
): Promise<void> {
	await tx
		.updateTable('join_links')
		.set({ ended_at: at })
		.where(by, '=', userId)
		.where('used_at', 'is', null)
		.where('ended_at', 'is', null)
		.execute();
}

/** Without an owner nobody could invite one. */
async function requireAnotherOwner(tx: Transaction<Tables>, id: string): Promise<void> {
	const owners = await tx
		.selectFrom('users')
		.select('id')
		.where('role', '=', 'owner')
		.limit(2)
		.execute();
	if (owners.length === 1 && owners[0]?.id === id) {
		throw new ConflictError('This is the only owner. Make somebody else an owner first.');
	}
}
