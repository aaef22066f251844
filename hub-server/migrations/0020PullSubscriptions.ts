import type { Kysely } from 'kysely';

/** A subscription can be pulled from instead of being delivered to; what existed goes on being pushed. */
export const pullSubscriptions = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema
			.alterTable('subscriptions')
			.addColumn('delivery', 'text', (c) => c.notNull().defaultTo('push'))
			.execute();
		await schema.alterTable('subscriptions').addColumn('pulled_at', 'bigint').execute();
		for (const name of GENERATIONS) {
			await schema.alterTable('subscriptions').addColumn(name, 'integer').execute();
		}
	},

	async down(db: Kysely<unknown>): Promise<void> {
		for (const name of ['delivery', 'pulled_at', ...GENERATIONS]) {
			await db.schema.alterTable('subscriptions').dropColumn(name).execute();
		}
	},
};

const GENERATIONS = ['pulled_generation', 'contested_generation'];
