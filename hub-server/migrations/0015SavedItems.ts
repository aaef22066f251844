import type { Kysely } from 'kysely';

/** What runs of nodes that stopped have saved at Xero, so that the next run does not save it again. */
export const savedItems = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema
			.createTable('saved_items')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('workflow_id', 'text', (c) => c.notNull())
			.addColumn('node_id', 'text', (c) => c.notNull())
			.addColumn('execution', 'text', (c) => c.notNull())
			.addColumn('save_id', 'text', (c) => c.notNull())
			.addColumn('item_key', 'text', (c) => c.notNull())
			.addColumn('records', 'text')
			.addColumn('saved_at', 'bigint', (c) => c.notNull())
			.execute();
		// A save that is told twice, because the answer was lost, counts once.
		await schema
			.createIndex('saved_items_once')
			.on('saved_items')
			.columns(['workspace_id', 'save_id'])
			.unique()
			.execute();
		await schema
			.createIndex('saved_items_by_node')
			.on('saved_items')
			.columns(['workspace_id', 'workflow_id', 'node_id', 'id'])
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		await db.schema.dropTable('saved_items').execute();
	},
};
