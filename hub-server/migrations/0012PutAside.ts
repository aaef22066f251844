import { sql, type Kysely } from 'kysely';

/**
 * A payload can hurt only itself: one that cannot be read or written whole is put aside with its fault,
 * a long one is routed in several steps, and workspaces take turns.
 */
export const putAside = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;

		await schema
			.alterTable('payloads')
			.addColumn('routed_entries', 'integer', (c) => c.notNull().defaultTo(0))
			.execute();
		await schema.alterTable('payloads').addColumn('fault', 'text').execute();
		await schema.alterTable('payloads').addColumn('put_aside_at', 'bigint').execute();

		await schema
			.createIndex('payloads_to_route_by_workspace')
			.on('payloads')
			.columns(['workspace_id', 'id'])
			.where(sql.ref('routed_at'), 'is', null)
			.execute();
		await schema
			.createIndex('payloads_put_aside')
			.on('payloads')
			.columns(['workspace_id', 'id'])
			.where(sql.ref('put_aside_at'), 'is not', null)
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.dropIndex('payloads_put_aside').execute();
		await schema.dropIndex('payloads_to_route_by_workspace').execute();
		for (const name of ['put_aside_at', 'fault', 'routed_entries']) {
			await schema.alterTable('payloads').dropColumn(name).execute();
		}
	},
};
