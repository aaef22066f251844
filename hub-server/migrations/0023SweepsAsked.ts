import type { Kysely } from 'kysely';

/** A sweep that a person has to answer for, or that Xero did not let finish, is not begun again by itself before then. */
export const sweepsAsked = {
	async up(db: Kysely<unknown>): Promise<void> {
		await db.schema.alterTable('sync_streams').addColumn('no_sweep_before', 'bigint').execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		await db.schema.alterTable('sync_streams').dropColumn('no_sweep_before').execute();
	},
};
