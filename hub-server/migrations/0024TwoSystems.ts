import { sql, type Kysely } from 'kysely';

/** What keeps another system and Xero equal: mappings of codes, links between records, and pushes. */
export const twoSystems = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;

		await schema
			.createTable('mappings')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('tenant_id', 'text', (c) => c.notNull())
			.addColumn('system', 'text', (c) => c.notNull())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('key', 'text', (c) => c.notNull())
			.addColumn('direction', 'text', (c) => c.notNull())
			.addColumn('value', 'text', (c) => c.notNull())
			.addColumn('label', 'text')
			.addColumn('state', 'text', (c) => c.notNull())
			.addColumn('reason', 'text')
			.addColumn('updated_at', 'bigint', (c) => c.notNull())
			.addUniqueConstraint('mappings_key', [
				...(['workspace_id', 'tenant_id', 'kind', 'key', 'direction', 'system'] as const),
			])
			.execute();

		await schema
			.createTable('unmapped_values')
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('tenant_id', 'text', (c) => c.notNull())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('key', 'text', (c) => c.notNull())
			.addColumn('direction', 'text', (c) => c.notNull())
			.addColumn('system', 'text', (c) => c.notNull())
			.addColumn('times', 'bigint', (c) => c.notNull())
			.addColumn('where_seen', 'text')
			.addColumn('first_seen_at', 'bigint', (c) => c.notNull())
			.addColumn('seen_at', 'bigint', (c) => c.notNull())
			.addPrimaryKeyConstraint('unmapped_values_key', [
				...(['workspace_id', 'tenant_id', 'kind', 'key', 'direction', 'system'] as const),
			])
			.execute();

		await schema
			.createTable('links')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			// Empty: it belongs to no organisation yet. Not null, so that one external id is unique there too.
			.addColumn('tenant_id', 'text', (c) => c.notNull())
			.addColumn('system', 'text', (c) => c.notNull())
			.addColumn('entity', 'text', (c) => c.notNull())
			.addColumn('external_id', 'text', (c) => c.notNull())
			.addColumn('xero_id', 'text')
			.addColumn('state', 'text', (c) => c.notNull())
			.addColumn('reason', 'text')
			.addColumn('base', 'text')
			.addColumn('pushed_hash', 'text')
			.addColumn('push_id', 'text')
			.addColumn('sent_at', 'bigint')
			.addColumn('migration_id', 'text')
			.addColumn('created_at', 'bigint', (c) => c.notNull())
			.addColumn('updated_at', 'bigint', (c) => c.notNull())
			.addUniqueConstraint('links_external', [
				...(['workspace_id', 'tenant_id', 'system', 'entity', 'external_id'] as const),
			])
			.execute();
		await schema
			.createIndex('links_xero')
			.on('links')
			.columns(['workspace_id', 'tenant_id', 'entity', 'xero_id', 'system'])
			.unique()
			.where(sql.ref('xero_id'), 'is not', null)
			.execute();
		await schema
			.createIndex('links_by_workspace')
			.on('links')
			.columns(['workspace_id', 'id'])
			.execute();

		await schema
			.createTable('link_migrations')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('to_tenant_id', 'text', (c) => c.notNull())
			.addColumn('system', 'text')
			.addColumn('entity', 'text')
			.addColumn('dry_run', 'integer', (c) => c.notNull())
			.addColumn('status', 'text', (c) => c.notNull())
			.addColumn('position', 'text')
			.addColumn('outcome', 'text', (c) => c.notNull())
			.addColumn('error', 'text')
			.addColumn('idempotency_key', 'text')
			.addColumn('next_at', 'bigint', (c) => c.notNull())
			.addColumn('lease_id', 'text')
			.addColumn('lease_until', 'bigint')
			.addColumn('created_at', 'bigint', (c) => c.notNull())
			.addColumn('finished_at', 'bigint')
			.addColumn('reverted_at', 'bigint')
			.execute();
		await schema
			.createIndex('link_migrations_by_workspace')
			.on('link_migrations')
			.columns(['workspace_id', 'id'])
			.execute();

		// One at a time of an organisation, whoever asks at the same moment.
		await schema
			.createIndex('link_migrations_running')
			.on('link_migrations')
			.columns(['workspace_id', 'to_tenant_id'])
			.unique()
			.where(sql.ref('status'), '=', 'running')
			.execute();
		await schema
			.createIndex('link_migrations_idempotent')
			.on('link_migrations')
			.columns(['workspace_id', 'idempotency_key'])
			.unique()
			.where(sql.ref('idempotency_key'), 'is not', null)
			.execute();

		await schema
			.createTable('pushes')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('tenant_id', 'text', (c) => c.notNull())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('undo_of', 'text')
			.addColumn('system', 'text', (c) => c.notNull())
			.addColumn('entity', 'text', (c) => c.notNull())
			.addColumn('options', 'text', (c) => c.notNull())
			.addColumn('dry_run', 'integer', (c) => c.notNull())
			.addColumn('workflow', 'text')
			.addColumn('node', 'text')
			.addColumn('status', 'text', (c) => c.notNull())
			.addColumn('waiting_for', 'text')
			.addColumn('calls', 'bigint', (c) => c.notNull().defaultTo(0))
			.addColumn('idempotency_key', 'text')
			.addColumn('next_at', 'bigint', (c) => c.notNull())
			.addColumn('lease_id', 'text')
			.addColumn('lease_until', 'bigint')
			.addColumn('created_at', 'bigint', (c) => c.notNull())
			.addColumn('finished_at', 'bigint')
			.execute();
		await schema
			.createIndex('pushes_by_workspace')
			.on('pushes')
			.columns(['workspace_id', 'id'])
			.execute();
		await schema
			.createIndex('pushes_due')
			.on('pushes')
			.columns(['next_at', 'id'])
			.where(sql.ref('status'), '=', 'running')
			.execute();
		await schema
			.createIndex('pushes_idempotent')
			.on('pushes')
			.columns(['workspace_id', 'idempotency_key'])
			.unique()
			.where(sql.ref('idempotency_key'), 'is not', null)
			.execute();

		await schema
			.createTable('push_items')
			.addColumn('push_id', 'text', (c) => c.notNull().references('pushes.id').onDelete('cascade'))
			.addColumn('position', 'integer', (c) => c.notNull())
			.addColumn('external_id', 'text', (c) => c.notNull())
			.addColumn('modified_at', 'bigint')
			.addColumn('state', 'text', (c) => c.notNull())
			.addColumn('xero_id', 'text')
			.addColumn('change', 'text')
			.addColumn('message', 'text')
			.addColumn('next_step', 'text')
			.addColumn('resolution', 'text')
			.addColumn('attempt', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('next_at', 'bigint')
			.addColumn('sent_at', 'bigint')
			// Sealed.
			.addColumn('fields', 'text', (c) => c.notNull())
			.addColumn('previous', 'text')
			.addColumn('detail', 'text')
			.addPrimaryKeyConstraint('push_items_key', ['push_id', 'position'])
			.addUniqueConstraint('push_items_external', ['push_id', 'external_id'])
			.execute();

		for (const column of ['system', 'push_id'] as const) {
			await schema.alterTable('proxied_writes').addColumn(column, 'text').execute();
		}
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		for (const column of ['push_id', 'system']) {
			await schema.alterTable('proxied_writes').dropColumn(column).execute();
		}
		for (const table of [
			...['push_items', 'pushes', 'link_migrations', 'links', 'unmapped_values', 'mappings'],
		]) {
			await schema.dropTable(table).execute();
		}
	},
};
