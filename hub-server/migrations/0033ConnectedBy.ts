import type { Kysely } from 'kysely';

/** Who connected an organisation. Of those from before, only the audit log knows. */
export const connectedBy = {
	async up(db: Kysely<unknown>): Promise<void> {
		await db.schema.alterTable('connections').addColumn('connected_by', 'text').execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		await db.schema.alterTable('connections').dropColumn('connected_by').execute();
	},
};
