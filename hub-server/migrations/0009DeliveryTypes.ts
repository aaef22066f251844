import type { Kysely } from 'kysely';

/**
 * What a delivery is called is decided once and kept. Both are null where nothing is decided: in
 * deliveries that an older version planned, and in those that wait for their record.
 */
export const deliveryTypes = {
	async up(db: Kysely<unknown>): Promise<void> {
		for (const [name, type] of [
			['type', 'text'],
			['classified', 'integer'],
		] as const) {
			await db.schema.alterTable('deliveries').addColumn(name, type).execute();
		}
	},

	async down(db: Kysely<unknown>): Promise<void> {
		for (const name of ['classified', 'type']) {
			await db.schema.alterTable('deliveries').dropColumn(name).execute();
		}
	},
};
