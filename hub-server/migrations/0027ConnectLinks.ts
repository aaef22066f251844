import type { Kysely } from 'kysely';

/**
 * Connect links that somebody makes, what they bring held until a member confirms it, and consents that
 * want to replace another user's. `workspaces.connect_link` stays as it was: the old public link.
 */
export const connectLinks = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;

		await schema
			.createTable('connect_links')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('token_hash', 'text', (c) => c.notNull().unique())
			.addColumn('made_by', 'text', (c) => c.notNull())
			// No reference: who was removed leaves links that say who made them.
			.addColumn('user_id', 'text')
			.addColumn('on_connect', 'text', (c) => c.notNull())
			.addColumn('is_once', 'integer', (c) => c.notNull())
			.addColumn('expires_at', 'bigint', (c) => c.notNull())
			.addColumn('uses', 'integer', (c) => c.notNull())
			.addColumn('used_at', 'bigint')
			.addColumn('ended_at', 'bigint')
			.addColumn('created_at', 'bigint', (c) => c.notNull())
			.execute();
		await schema
			.createIndex('connect_links_by_workspace')
			.on('connect_links')
			.columns(['workspace_id', 'id'])
			.execute();

		for (const column of STATE_COLUMNS) {
			await schema.alterTable('connect_states').addColumn(column, 'text').execute();
		}
		await schema
			.alterTable('workspaces')
			.addColumn('return_origins', 'text', (c) => c.notNull().defaultTo('[]'))
			.execute();
		await schema.alterTable('connections').addColumn('held_at', 'bigint').execute();
		await schema.alterTable('connections').addColumn('external_user_id', 'text').execute();

		await schema
			.createTable('connection_replacements')
			.addColumn('connection_id', 'text', (c) =>
				c.primaryKey().references('connections.id').onDelete('cascade'),
			)
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('grant_id', 'text', (c) => c.notNull().references('grants.id').onDelete('cascade'))
			.addColumn('xero_connection_id', 'text', (c) => c.notNull())
			.addColumn('asked_at', 'bigint', (c) => c.notNull())
			.execute();
		await schema
			.createIndex('connection_replacements_by_grant')
			.on('connection_replacements')
			.columns(['grant_id'])
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.dropTable('connection_replacements').execute();
		await schema.alterTable('connections').dropColumn('external_user_id').execute();
		await schema.alterTable('connections').dropColumn('held_at').execute();
		await schema.alterTable('workspaces').dropColumn('return_origins').execute();
		for (const column of STATE_COLUMNS) {
			await schema.alterTable('connect_states').dropColumn(column).execute();
		}
		await schema.dropTable('connect_links').execute();
	},
};

const STATE_COLUMNS = ['link_id', 'on_connect', 'return_url', 'return_state', 'external_user_id'];
