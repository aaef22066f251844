import type { Kysely } from 'kysely';

/**
 * Which admin key made a connect link or began a consent, so that both end with it; and who made an admin key. Those
 * that were there end as they did before.
 */
export const keyMakers = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.alterTable('connect_links').addColumn('admin_key_id', 'text').execute();
		await schema.alterTable('connect_states').addColumn('admin_key_id', 'text').execute();
		await schema.alterTable('admin_keys').addColumn('made_by', 'text').execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.alterTable('admin_keys').dropColumn('made_by').execute();
		await schema.alterTable('connect_states').dropColumn('admin_key_id').execute();
		await schema.alterTable('connect_links').dropColumn('admin_key_id').execute();
	},
};
