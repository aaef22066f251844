import type { Kysely } from 'kysely';

/** The portal's people, their sessions and one-time links, and the audit log. */
export const portal = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;

		await schema
			.createTable('users')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('email', 'text', (c) => c.notNull().unique())
			.addColumn('name', 'text', (c) => c.notNull())
			.addColumn('password_hash', 'text', (c) => c.notNull())
			.addColumn('role', 'text', (c) => c.notNull())
			.addColumn('all_workspaces', 'integer', (c) => c.notNull())
			.addColumn('created_at', 'bigint', (c) => c.notNull())
			.addColumn('signed_in_at', 'bigint')
			.execute();

		await schema
			.createTable('user_workspaces')
			.addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addPrimaryKeyConstraint('user_workspaces_key', ['user_id', 'workspace_id'])
			.execute();

		await schema
			.createTable('portal_sessions')
			.addColumn('token_hash', 'text', (c) => c.primaryKey())
			.addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
			.addColumn('created_at', 'bigint', (c) => c.notNull())
			.addColumn('seen_at', 'bigint', (c) => c.notNull())
			.execute();

		await schema
			.createTable('join_links')
			.addColumn('token_hash', 'text', (c) => c.primaryKey())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('user_id', 'text', (c) => c.references('users.id').onDelete('cascade'))
			.addColumn('role', 'text', (c) => c.notNull())
			.addColumn('all_workspaces', 'integer', (c) => c.notNull())
			.addColumn('workspace_ids', 'text', (c) => c.notNull())
			.addColumn('expires_at', 'bigint', (c) => c.notNull())
			.addColumn('used_at', 'bigint')
			.execute();

		await schema
			.createTable('audit_log')
			.addColumn('seq', 'bigint', (c) => c.primaryKey())
			.addColumn('at', 'bigint', (c) => c.notNull())
			.addColumn('actor', 'text', (c) => c.notNull())
			.addColumn('workspace', 'text')
			.addColumn('action', 'text', (c) => c.notNull())
			.addColumn('detail', 'text', (c) => c.notNull())
			.addColumn('previous_hash', 'text', (c) => c.notNull())
			.addColumn('hash', 'text', (c) => c.notNull())
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		for (const table of [
			'audit_log',
			'join_links',
			'portal_sessions',
			'user_workspaces',
			'users',
		]) {
			await db.schema.dropTable(table).execute();
		}
	},
};
