import { sql, type Kysely } from 'kysely';

/**
 * A subscription belongs to a trigger node at an origin. What an older version made has no key: its URL
 * is what it is known by. A queue can be parked, and a delivery says that it waited for that.
 */
export const triggerIdentity = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		for (const name of ['instance_id', 'workflow_id', 'node_id', 'origin', 'moved_from']) {
			await schema.alterTable('subscriptions').addColumn(name, 'text').execute();
		}
		for (const [name, value] of [
			['mode', 'production'],
			['while_unpublished', 'keep'],
		] as const) {
			await schema
				.alterTable('subscriptions')
				.addColumn(name, 'text', (c) => c.notNull().defaultTo(value))
				.execute();
		}
		for (const [name, value] of [
			['generation', 1],
			['require_receipt', 0],
		] as const) {
			await schema
				.alterTable('subscriptions')
				.addColumn(name, 'integer', (c) => c.notNull().defaultTo(value))
				.execute();
		}
		for (const name of TIMES) {
			await schema.alterTable('subscriptions').addColumn(name, 'bigint').execute();
		}
		await schema
			.createIndex('subscriptions_by_trigger')
			.unique()
			.on('subscriptions')
			.columns(['workspace_id', 'instance_id', 'workflow_id', 'node_id', 'origin'])
			.where(sql.ref('mode'), '=', sql.lit('production'))
			.execute();
		await schema
			.alterTable('deliveries')
			.addColumn('waited', 'integer', (c) => c.notNull().defaultTo(0))
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.alterTable('deliveries').dropColumn('waited').execute();
		await schema.dropIndex('subscriptions_by_trigger').execute();
		for (const name of [
			...TIMES,
			...['require_receipt', 'generation', 'while_unpublished', 'mode'],
			...['moved_from', 'origin', 'node_id', 'workflow_id', 'instance_id'],
		]) {
			await schema.alterTable('subscriptions').dropColumn(name).execute();
		}
	},
};

const TIMES = ['parked_at', 'parked_until', 'probe_at', 'ends_at', 'resumed_at', 'moved_at'];
