import type { Kysely } from 'kysely';

/**
 * Roles in each workspace, who made a link, where a session is, and second factors. What was there before keeps working:
 * a role that is null is the person's own, and a link without a maker was made before this.
 */
export const signIn = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;

		await schema.alterTable('users').addColumn('reset_at', 'bigint').execute();
		await schema.alterTable('users').addColumn('oidc_issuer', 'text').execute();
		await schema.alterTable('users').addColumn('oidc_subject', 'text').execute();
		await schema
			.createIndex('users_by_oidc')
			.on('users')
			.columns(['oidc_issuer', 'oidc_subject'])
			.unique()
			.execute();
		await schema.alterTable('users').addColumn('reset_by', 'text').execute();
		await schema.alterTable('user_workspaces').addColumn('role', 'text').execute();

		await schema.alterTable('join_links').addColumn('workspace_roles', 'text').execute();
		// No reference: a link tells who made it when that person is gone, too.
		await schema.alterTable('join_links').addColumn('made_by', 'text').execute();
		await schema.alterTable('join_links').addColumn('made_by_name', 'text').execute();
		await schema.alterTable('join_links').addColumn('ended_at', 'bigint').execute();

		await schema.alterTable('portal_sessions').addColumn('browser', 'text').execute();
		await schema.alterTable('portal_sessions').addColumn('network', 'text').execute();
		await schema.alterTable('portal_sessions').addColumn('confirmed_at', 'bigint').execute();
		await schema.alterTable('portal_sessions').addColumn('method', 'text').execute();
		await schema
			.createIndex('portal_sessions_by_user')
			.on('portal_sessions')
			.column('user_id')
			.execute();

		await schema
			.createTable('user_totps')
			.addColumn('user_id', 'text', (c) =>
				c.primaryKey().references('users.id').onDelete('cascade'),
			)
			.addColumn('secret', 'text', (c) => c.notNull())
			.addColumn('last_step', 'bigint', (c) => c.notNull())
			.addColumn('created_at', 'bigint', (c) => c.notNull())
			.execute();

		await schema
			.createTable('recovery_codes')
			.addColumn('code_hash', 'text', (c) => c.primaryKey())
			.addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
			.execute();
		await schema
			.createIndex('recovery_codes_by_user')
			.on('recovery_codes')
			.column('user_id')
			.execute();

		await schema
			.createTable('passkeys')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
			.addColumn('name', 'text', (c) => c.notNull())
			.addColumn('public_key', 'text', (c) => c.notNull())
			.addColumn('counter', 'bigint', (c) => c.notNull())
			.addColumn('transports', 'text', (c) => c.notNull())
			.addColumn('created_at', 'bigint', (c) => c.notNull())
			.addColumn('used_at', 'bigint')
			.execute();
		await schema.createIndex('passkeys_by_user').on('passkeys').column('user_id').execute();

		await schema
			.createTable('sign_in_steps')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('user_id', 'text', (c) => c.references('users.id').onDelete('cascade'))
			.addColumn('asked', 'text', (c) => c.notNull())
			.addColumn('expires_at', 'bigint', (c) => c.notNull())
			.execute();
		await schema
			.createIndex('sign_in_steps_by_end')
			.on('sign_in_steps')
			.column('expires_at')
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		for (const table of ['sign_in_steps', 'passkeys', 'recovery_codes', 'user_totps']) {
			await schema.dropTable(table).execute();
		}
		await schema.dropIndex('portal_sessions_by_user').execute();
		await schema.dropIndex('users_by_oidc').execute();
		for (const [table, columns] of [
			['portal_sessions', ['browser', 'network', 'confirmed_at', 'method']],
			['join_links', ['workspace_roles', 'made_by', 'made_by_name', 'ended_at']],
			['user_workspaces', ['role']],
			['users', ['reset_at', 'reset_by', 'oidc_issuer', 'oidc_subject']],
		] as const) {
			for (const column of columns) await schema.alterTable(table).dropColumn(column).execute();
		}
	},
};
