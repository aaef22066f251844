import type { Kysely } from 'kysely';

/** A workspace's public connect link can be switched off. */
export const connectLink = {
	async up(db: Kysely<unknown>): Promise<void> {
		await db.schema
			.alterTable('workspaces')
			.addColumn('connect_link', 'integer', (c) => c.notNull().defaultTo(1))
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		await db.schema.alterTable('workspaces').dropColumn('connect_link').execute();
	},
};
