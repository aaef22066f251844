import { sql, type Kysely } from 'kysely';

/** What one token owner needs: the journal of Xero's answers, alerts, ties of a consent, and pacing. */
export function tokenOwner(engine: 'sqlite' | 'postgres') {
	return {
		async up(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;

			// What Xero answered to a refresh, kept before the grant is touched: it is the only copy.
			await schema
				.createTable('token_answers')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('grant_id', 'text', (c) =>
					c.notNull().references('grants.id').onDelete('cascade'),
				)
				.addColumn('gen', 'integer', (c) => c.notNull())
				.addColumn('access_token', 'text', (c) => c.notNull())
				.addColumn('refresh_token', 'text', (c) => c.notNull())
				.addColumn('scope', 'text', (c) => c.notNull())
				.addColumn('expires_at', 'bigint', (c) => c.notNull())
				.execute();

			await schema
				.createIndex('token_answers_by_grant')
				.on('token_answers')
				.columns(['grant_id', 'gen'])
				.execute();

			await schema
				.createTable('alerts')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('kind', 'text', (c) => c.notNull())
				.addColumn('subject', 'text', (c) => c.notNull())
				.addColumn('message', 'text', (c) => c.notNull())
				.addColumn('raised_at', 'bigint', (c) => c.notNull())
				.addColumn('resolved_at', 'bigint')
				.execute();

			// One trouble is told once, by however many processes it is found.
			await schema
				.createIndex('alerts_open_once')
				.on('alerts')
				.columns(['workspace_id', 'kind', 'subject'])
				.unique()
				.where(sql.ref('resolved_at'), 'is', null)
				.execute();

			await schema.alterTable('connect_states').addColumn('tenant_id', 'text').execute();
			await schema.alterTable('connect_states').addColumn('browser_hash', 'text').execute();
			await schema.alterTable('app_keys').addColumn('verified_at', 'bigint').execute();

			if (engine === 'postgres') {
				// Unlogged: a commit costs no fsync, and what a crash loses Xero's next answers tell again.
				await schema
					.createTable('org_paces')
					.modifyFront(sql`unlogged`)
					.addColumn('org', 'text', (c) => c.primaryKey())
					.addColumn('pace', 'text', (c) => c.notNull())
					.addColumn('version', 'bigint', (c) => c.notNull())
					.execute();
			}
		},

		async down(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;
			if (engine === 'postgres') await schema.dropTable('org_paces').execute();
			await schema.alterTable('app_keys').dropColumn('verified_at').execute();
			await schema.alterTable('connect_states').dropColumn('browser_hash').execute();
			await schema.alterTable('connect_states').dropColumn('tenant_id').execute();
			await schema.dropTable('alerts').execute();
			await schema.dropTable('token_answers').execute();
		},
	};
}
