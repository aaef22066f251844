import type { Kysely } from 'kysely';

/** Entries of the audit log are chained under a key. Those that were written before have none. */
export const keyedAudit = {
	async up(db: Kysely<unknown>): Promise<void> {
		await db.schema.alterTable('audit_log').addColumn('key_id', 'text').execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		await db.schema.alterTable('audit_log').dropColumn('key_id').execute();
	},
};
