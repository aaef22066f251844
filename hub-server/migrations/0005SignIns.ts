import type { Kysely } from 'kysely';

/** Tries of passwords, counted by all hubs together, and the browsers that people signed in with. */
export const signIns = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;

		await schema
			.createTable('sign_in_tries')
			.addColumn('name_hash', 'text', (c) => c.primaryKey())
			.addColumn('full_at', 'bigint', (c) => c.notNull())
			.execute();

		await schema
			.createIndex('sign_in_tries_by_end')
			.on('sign_in_tries')
			.column('full_at')
			.execute();

		await schema
			.createTable('known_browsers')
			.addColumn('token_hash', 'text', (c) => c.primaryKey())
			.addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
			.addColumn('seen_at', 'bigint', (c) => c.notNull())
			.execute();

		await schema
			.createIndex('known_browsers_by_user')
			.on('known_browsers')
			.columns(['user_id', 'seen_at'])
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		await db.schema.dropTable('known_browsers').execute();
		await db.schema.dropTable('sign_in_tries').execute();
	},
};
