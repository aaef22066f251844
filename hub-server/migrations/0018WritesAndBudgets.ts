import { sql, type Kysely } from 'kysely';

/**
 * What the proxy wrote to Xero, so that its echo is told from somebody else's change; and what syncs use of an
 * organisation's calls a day.
 */
export const writesAndBudgets = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema
			.createTable('proxied_writes')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('tenant_id', 'text', (c) => c.notNull())
			.addColumn('category', 'text', (c) => c.notNull())
			.addColumn('workflow', 'text')
			.addColumn('node', 'text')
			.addColumn('creates', 'integer', (c) => c.notNull())
			.addColumn('started_at', 'bigint', (c) => c.notNull())
			.addColumn('finished_at', 'bigint')
			.execute();
		await schema
			.createIndex('proxied_writes_open')
			.on('proxied_writes')
			.columns(['workspace_id', 'tenant_id', 'category'])
			.where(sql.ref('finished_at'), 'is', null)
			.execute();
		// For a workspace that goes.
		await schema
			.createIndex('proxied_writes_by_workspace')
			.on('proxied_writes')
			.column('workspace_id')
			.execute();

		await schema
			.createTable('written_records')
			.addColumn('workspace_id', 'text', (c) => c.notNull())
			.addColumn('tenant_id', 'text', (c) => c.notNull())
			.addColumn('category', 'text', (c) => c.notNull())
			.addColumn('xero_id', 'text', (c) => c.notNull())
			.addColumn('version', 'bigint', (c) => c.notNull())
			.addColumn('write_id', 'text', (c) =>
				c.notNull().references('proxied_writes.id').onDelete('cascade'),
			)
			.addColumn('members', 'text')
			.addColumn('event_id', 'text')
			.addPrimaryKeyConstraint('written_records_key', [
				'workspace_id',
				'tenant_id',
				'category',
				'xero_id',
				'version',
			])
			.execute();
		await schema
			.createIndex('written_records_by_write')
			.on('written_records')
			.column('write_id')
			.execute();

		await schema
			.createTable('sync_usage')
			.addColumn('connection_id', 'text', (c) =>
				c.notNull().references('connections.id').onDelete('cascade'),
			)
			.addColumn('hour', 'bigint', (c) => c.notNull())
			.addColumn('calls', 'bigint', (c) => c.notNull())
			.addColumn('bytes', 'bigint', (c) => c.notNull())
			.addPrimaryKeyConstraint('sync_usage_key', ['connection_id', 'hour'])
			.execute();

		await schema.alterTable('events').addColumn('caused_by', 'text').execute();
		await schema
			.alterTable('events')
			.addColumn('caused_surely', 'integer', (c) => c.notNull().defaultTo(0))
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.alterTable('events').dropColumn('caused_surely').execute();
		await schema.alterTable('events').dropColumn('caused_by').execute();
		await schema.dropTable('sync_usage').execute();
		await schema.dropTable('written_records').execute();
		await schema.dropTable('proxied_writes').execute();
	},
};
