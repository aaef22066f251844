import { sql, type Kysely } from 'kysely';

const WRITE_TEXTS = [
	...['system', 'push_id', 'workflow_name', 'key_id', 'method', 'path', 'entity', 'outcome'],
];

const WRITE_COUNTS = ['created', 'updated', 'deleted', 'refused'];

const WRITE_JSON = ['message', 'fields', 'records'];

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
			.addColumn('xero_id', 'text')
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
			.addColumn('id', 'text', (c) => c.primaryKey())
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
			.addColumn('document_direction', 'text')
			.addColumn('first_seen_at', 'bigint', (c) => c.notNull())
			.addColumn('seen_at', 'bigint', (c) => c.notNull())
			.addUniqueConstraint('unmapped_values_key', [
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
			.addColumn('mark', 'text')
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
		// Somebody has clicked it in Xero, which says nothing of the workspace.
		await schema
			.createIndex('links_by_mark')
			.on('links')
			.column('mark')
			.where(sql.ref('mark'), 'is not', null)
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
			.addColumn('error', 'text')
			.addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('records', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('calls', 'bigint', (c) => c.notNull().defaultTo(0))
			.addColumn('idempotency_key', 'text')
			.addColumn('request_hash', 'text')
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

		for (const column of WRITE_TEXTS) {
			await schema.alterTable('proxied_writes').addColumn(column, 'text').execute();
		}
		await schema.alterTable('proxied_writes').addColumn('status', 'integer').execute();
		for (const column of WRITE_COUNTS) {
			await schema
				.alterTable('proxied_writes')
				.addColumn(column, 'integer', (c) => c.notNull().defaultTo(0))
				.execute();
		}
		// Last, for they are long: what counts rows need not read them.
		for (const column of WRITE_JSON) {
			await schema.alterTable('proxied_writes').addColumn(column, 'text').execute();
		}
		// Only what had saved something was kept until now.
		await sql`update proxied_writes set outcome = 'saved' where finished_at is not null`.execute(
			db,
		);
		// Read by its time, newest first; it serves a workspace that goes too.
		await schema.dropIndex('proxied_writes_by_workspace').execute();
		await schema
			.createIndex('proxied_writes_by_time')
			.on('proxied_writes')
			.columns(['workspace_id', 'id'])
			.execute();

		// What a person must look at, over all organisations: few rows of many.
		for (const table of ['links', 'mappings'] as const) {
			await schema
				.createIndex(`${table}_broken`)
				.on(table)
				.columns(['workspace_id', 'tenant_id'])
				.where(sql.ref('state'), '=', 'broken')
				.execute();
		}
		await schema
			.createIndex('push_items_for_people')
			.on('push_items')
			.columns(['push_id'])
			.where(sql.ref('state'), 'in', ['unmapped', 'conflict', 'failed'])
			.execute();
		await schema
			.createIndex('pushes_by_organisation')
			.on('pushes')
			.columns(['workspace_id', 'tenant_id', 'id'])
			.execute();

		// No reference: it says what was done after the workspace is gone.
		await schema
			.createTable('offboardings')
			.addColumn('workspace_id', 'text', (c) => c.notNull())
			.addColumn('slug', 'text', (c) => c.notNull())
			// Empty: the whole workspace.
			.addColumn('tenant_id', 'text', (c) => c.notNull())
			.addColumn('name', 'text', (c) => c.notNull())
			.addColumn('connection_id', 'text')
			.addColumn('exported_at', 'bigint')
			.addColumn('started_at', 'bigint')
			.addColumn('at_xero', 'text')
			.addColumn('error', 'text')
			.addColumn('finished_at', 'bigint')
			.addPrimaryKeyConstraint('offboardings_key', ['workspace_id', 'tenant_id'])
			.execute();
		await schema.createIndex('offboardings_by_slug').on('offboardings').column('slug').execute();
		// 1: nothing of the organisation is left, the account of what was done included.
		await schema
			.alterTable('record_purges')
			.addColumn('everything', 'integer', (c) => c.notNull().defaultTo(0))
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.alterTable('record_purges').dropColumn('everything').execute();
		await schema.dropTable('offboardings').execute();
		await schema.dropIndex('proxied_writes_by_time').execute();
		await schema
			.createIndex('proxied_writes_by_workspace')
			.on('proxied_writes')
			.column('workspace_id')
			.execute();
		for (const column of [...WRITE_JSON, ...WRITE_COUNTS, 'status', ...WRITE_TEXTS]) {
			await schema.alterTable('proxied_writes').dropColumn(column).execute();
		}
		for (const table of [
			...['push_items', 'pushes', 'link_migrations', 'links', 'unmapped_values', 'mappings'],
		]) {
			await schema.dropTable(table).execute();
		}
	},
};
