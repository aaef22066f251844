import { sql, type Kysely } from 'kysely';

/**
 * Times in which webhooks may have been missed, and the runs that read again what changed in them; what tells of
 * such times: when a hub last took webhooks, and how Xero numbered what it sent.
 */
export const gaps = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema
			.createTable('hub_pulse')
			.addColumn('name', 'text', (c) => c.primaryKey())
			.addColumn('beat_at', 'bigint', (c) => c.notNull())
			.execute();

		await schema
			.createTable('webhook_sequences')
			.addColumn('workspace_id', 'text', (c) =>
				c.primaryKey().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('numbering', 'text', (c) => c.notNull())
			.addColumn('hole_at', 'bigint')
			.execute();

		await schema
			.createTable('gaps')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('connection_id', 'text', (c) =>
				c.notNull().references('connections.id').onDelete('cascade'),
			)
			.addColumn('tenant_id', 'text', (c) => c.notNull())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('from_at', 'bigint', (c) => c.notNull())
			.addColumn('until_at', 'bigint', (c) => c.notNull())
			.addColumn('state', 'text', (c) => c.notNull())
			.addColumn('batch_id', 'text')
			.addColumn('note', 'text')
			.addColumn('found_at', 'bigint', (c) => c.notNull())
			.addColumn('repaired_at', 'bigint')
			.execute();
		await schema
			.createIndex('gaps_by_workspace')
			.on('gaps')
			.columns(['workspace_id', 'id'])
			.execute();
		await schema
			.createIndex('gaps_by_connection')
			.on('gaps')
			.columns(['connection_id', 'until_at'])
			.execute();
		await schema.createIndex('gaps_by_batch').on('gaps').column('batch_id').execute();
		await schema
			.createIndex('gaps_open')
			.on('gaps')
			.column('connection_id')
			.where(sql.ref('repaired_at'), 'is', null)
			.execute();

		await schema
			.createTable('gap_repairs')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('batch_id', 'text', (c) => c.notNull())
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('connection_id', 'text', (c) =>
				c.notNull().references('connections.id').onDelete('cascade'),
			)
			.addColumn('tenant_id', 'text', (c) => c.notNull())
			.addColumn('entity', 'text', (c) => c.notNull())
			.addColumn('since', 'bigint', (c) => c.notNull())
			.addColumn('position', 'text')
			.addColumn('status', 'text', (c) => c.notNull())
			.addColumn('waiting_for', 'text')
			.addColumn('error', 'text')
			.addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('calls', 'bigint', (c) => c.notNull().defaultTo(0))
			.addColumn('bytes', 'bigint', (c) => c.notNull().defaultTo(0))
			.addColumn('seen', 'bigint', (c) => c.notNull().defaultTo(0))
			.addColumn('told', 'bigint', (c) => c.notNull().defaultTo(0))
			.addColumn('started_at', 'bigint', (c) => c.notNull())
			.addColumn('finished_at', 'bigint')
			.addColumn('next_at', 'bigint', (c) => c.notNull())
			.addColumn('lease_id', 'text')
			.addColumn('lease_until', 'bigint')
			.execute();
		await schema
			.createIndex('gap_repairs_due')
			.on('gap_repairs')
			.columns(['next_at', 'id'])
			.where(sql.ref('finished_at'), 'is', null)
			.execute();
		await schema
			.createIndex('gap_repairs_by_connection')
			.on('gap_repairs')
			.columns(['connection_id', 'id'])
			.execute();
		await schema.createIndex('gap_repairs_by_batch').on('gap_repairs').column('batch_id').execute();
		// For a workspace that goes.
		await schema
			.createIndex('gap_repairs_by_workspace')
			.on('gap_repairs')
			.column('workspace_id')
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		for (const table of ['gap_repairs', 'gaps', 'webhook_sequences', 'hub_pulse']) {
			await db.schema.dropTable(table).execute();
		}
	},
};
