import { sql, type Kysely } from 'kysely';

/**
 * Scheduled sync: its streams and runs, the records as they were last known, and which event told a
 * change. Organisations that are connected already keep it off.
 */
export function scheduledSync(engine: 'sqlite' | 'postgres') {
	return {
		async up(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;

			const connections = [
				['sync_enabled', 'integer', 0],
				['sync_begun', 'integer', 0],
			] as const;
			for (const [column, type, usual] of connections) {
				await schema
					.alterTable('connections')
					.addColumn(column, type, (c) => c.notNull().defaultTo(usual))
					.execute();
			}
			await schema.alterTable('connections').addColumn('record_epoch', 'text').execute();

			await schema
				.createTable('data_keys')
				.addColumn('workspace_id', 'text', (c) =>
					c.primaryKey().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('key', 'text', (c) => c.notNull())
				.execute();

			await schema
				.createTable('sync_streams')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				// No reference: a removed connection's rows go in small steps.
				.addColumn('connection_id', 'text', (c) => c.notNull())
				.addColumn('tenant_id', 'text', (c) => c.notNull())
				.addColumn('entity', 'text', (c) => c.notNull())
				.addColumn('enabled', 'integer', (c) => c.notNull())
				.addColumn('every_seconds', 'integer')
				.addColumn('cron', 'text')
				.addColumn('time_zone', 'text')
				.addColumn('tell_existing', 'integer', (c) => c.notNull())
				.addColumn('sweep_confirmed', 'integer', (c) => c.notNull().defaultTo(0))
				.addColumn('since', 'bigint')
				.addColumn('baseline_at', 'bigint')
				.addColumn('run_id', 'text')
				.addColumn('position', 'text')
				.addColumn('wanted', 'text')
				.addColumn('known', 'bigint', (c) => c.notNull().defaultTo(0))
				.addColumn('known_bytes', 'bigint', (c) => c.notNull().defaultTo(0))
				.addColumn('swept_at', 'bigint')
				.addColumn('counted_at', 'bigint')
				.addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
				.addColumn('next_at', 'bigint', (c) => c.notNull())
				.addColumn('lease_id', 'text')
				.addColumn('lease_until', 'bigint')
				.addColumn('created_at', 'bigint', (c) => c.notNull())
				.addUniqueConstraint('sync_streams_of_connection', ['connection_id', 'entity'])
				.execute();
			await schema
				.createIndex('sync_streams_by_workspace')
				.on('sync_streams')
				.columns(['workspace_id', 'id'])
				.execute();
			await schema
				.createIndex('sync_streams_due')
				.on('sync_streams')
				.columns(['next_at', 'id'])
				.execute();

			await schema
				.createTable('sync_runs')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('stream_id', 'text', (c) =>
					c.notNull().references('sync_streams.id').onDelete('cascade'),
				)
				.addColumn('kind', 'text', (c) => c.notNull())
				.addColumn('is_baseline', 'integer', (c) => c.notNull())
				.addColumn('status', 'text', (c) => c.notNull())
				.addColumn('waiting_for', 'text')
				.addColumn('resumes_at', 'bigint')
				.addColumn('started_at', 'bigint', (c) => c.notNull())
				.addColumn('finished_at', 'bigint')
				.addColumn('calls', 'bigint', (c) => c.notNull())
				.addColumn('bytes', 'bigint', (c) => c.notNull())
				.addColumn('seen', 'bigint', (c) => c.notNull())
				.addColumn('changed', 'bigint', (c) => c.notNull())
				.addColumn('deleted', 'bigint', (c) => c.notNull())
				.addColumn('missing', 'bigint')
				.addColumn('error', 'text')
				.execute();
			await schema
				.createIndex('sync_runs_by_stream')
				.on('sync_runs')
				.columns(['stream_id', 'id'])
				.execute();

			await schema
				.createTable('record_states')
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('tenant_id', 'text', (c) => c.notNull())
				.addColumn('entity', 'text', (c) => c.notNull())
				.addColumn('xero_id', 'text', (c) => c.notNull())
				.addColumn('epoch', 'text', (c) => c.notNull())
				.addColumn('version', 'text', (c) => c.notNull())
				.addColumn('updated_at', 'bigint')
				.addColumn('hash', 'text')
				.addColumn('status', 'text')
				.addColumn('standing', 'text')
				.addColumn('bytes', 'bigint', (c) => c.notNull())
				.addColumn('swept_in', 'text')
				.addColumn('told_event', 'text')
				.addColumn('told_at', 'bigint')
				.addColumn('told_open', 'integer', (c) => c.notNull().defaultTo(0))
				.addColumn('deleted_at', 'bigint')
				.addColumn('first_seen_at', 'bigint', (c) => c.notNull())
				.addColumn('seen_at', 'bigint', (c) => c.notNull())
				// Last: SQLite reads what stands before it without the pages that it fills.
				.addColumn('record', 'text')
				.addPrimaryKeyConstraint('record_states_key', [
					'workspace_id',
					'tenant_id',
					'entity',
					'xero_id',
				])
				.execute();

			// For counting, and for a workspace that goes.
			await schema
				.createIndex('record_states_alive')
				.on('record_states')
				.columns(['workspace_id', 'tenant_id', 'entity', 'epoch'])
				.where(sql.ref('deleted_at'), 'is', null)
				.execute();

			await schema
				.createTable('record_purges')
				.addColumn('id', 'text', (c) => c.primaryKey())
				// No reference: a workspace's own end removes its connections too.
				.addColumn('workspace_id', 'text', (c) => c.notNull())
				.addColumn('tenant_id', 'text', (c) => c.notNull())
				// Null: only states of an earlier epoch go.
				.addColumn('connection_id', 'text')
				.addColumn('position', 'text')
				.execute();
			await purgeWithConnection(engine, db);

			for (const [column, type] of [
				['version', 'bigint'],
				['same_as', 'text'],
				['types', 'text'],
				['previous', 'text'],
				['changed', 'text'],
			] as const) {
				await schema.alterTable('events').addColumn(column, type).execute();
			}
			await schema.alterTable('subscriptions').addColumn('filter', 'text').execute();
		},

		async down(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;
			const of = engine === 'postgres' ? sql` on connections` : sql``;
			await sql`drop trigger connections_purged_on_delete${of}`.execute(db);
			if (engine === 'postgres') await sql`drop function purge_connection`.execute(db);
			await schema.alterTable('subscriptions').dropColumn('filter').execute();
			for (const column of ['changed', 'previous', 'types', 'same_as', 'version']) {
				await schema.alterTable('events').dropColumn(column).execute();
			}
			for (const table of [
				'record_purges',
				'record_states',
				'sync_runs',
				'sync_streams',
				'data_keys',
			]) {
				await schema.dropTable(table).execute();
			}
			for (const column of ['record_epoch', 'sync_begun', 'sync_enabled']) {
				await schema.alterTable('connections').dropColumn(column).execute();
			}
		},
	};
}

/** Whoever removes a connection asks with it that what was read through it goes. */
async function purgeWithConnection(
	engine: 'sqlite' | 'postgres',
	db: Kysely<unknown>,
): Promise<void> {
	const asked = sql.raw(`
		insert into record_purges (id, workspace_id, tenant_id, connection_id, position)
		values (old.id, old.workspace_id, old.tenant_id, old.id, null);`);
	if (engine === 'sqlite') {
		await sql`
			create trigger connections_purged_on_delete after delete on connections
			begin ${asked} end`.execute(db);
		return;
	}
	await sql`
		create function purge_connection() returns trigger language plpgsql as $$
		begin ${asked} return null; end $$`.execute(db);
	await sql`
		create trigger connections_purged_on_delete after delete on connections
		for each row execute function purge_connection()`.execute(db);
}
