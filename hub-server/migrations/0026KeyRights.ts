import type { Kysely } from 'kysely';

/**
 * What keys may do, for which organisations and until when; and what automation may write into an organisation. Keys
 * that were there keep everything: no scopes are written down for them.
 */
export const keyRights = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.alterTable('api_keys').addColumn('scopes', 'text').execute();
		await schema.alterTable('api_keys').addColumn('tenant_ids', 'text').execute();
		await schema.alterTable('api_keys').addColumn('expires_at', 'bigint').execute();
		await schema.alterTable('admin_keys').addColumn('last_used_at', 'bigint').execute();
		await schema.alterTable('admin_keys').addColumn('expires_at', 'bigint').execute();
		await schema
			.alterTable('connections')
			.addColumn('write_policy', 'text', (c) => c.notNull().defaultTo('all'))
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.alterTable('connections').dropColumn('write_policy').execute();
		await schema.alterTable('admin_keys').dropColumn('expires_at').execute();
		await schema.alterTable('admin_keys').dropColumn('last_used_at').execute();
		await schema.alterTable('api_keys').dropColumn('expires_at').execute();
		await schema.alterTable('api_keys').dropColumn('tenant_ids').execute();
		await schema.alterTable('api_keys').dropColumn('scopes').execute();
	},
};
