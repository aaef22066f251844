import type { Kysely } from 'kysely';

/** Who began a consent on a page of the portal: it ends only while that person may still connect. */
export const connectStarter = {
	async up(db: Kysely<unknown>): Promise<void> {
		// No reference: that the person was removed must be seen when the consent ends.
		await db.schema.alterTable('connect_states').addColumn('user_id', 'text').execute();
		await db.schema.alterTable('connect_states').addColumn('started_by', 'text').execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		await db.schema.alterTable('connect_states').dropColumn('started_by').execute();
		await db.schema.alterTable('connect_states').dropColumn('user_id').execute();
	},
};
