import { sql, type Kysely } from 'kysely';

/**
 * What the purge needs: ways to what is old that read nothing else, what each workspace keeps, and a
 * lease for work that one of several hubs does.
 *
 * A ledger that holds something already has a row in `first_purge`: it is not purged before its people
 * were told.
 */
export const retention = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;

		// An event that goes takes its deliveries along: without this each would be looked for in all.
		await schema
			.createIndex('deliveries_by_event')
			.on('deliveries')
			.columns(['event_id'])
			.execute();
		await schema.createIndex('events_by_payload').on('events').columns(['payload_id']).execute();
		await schema
			.createIndex('events_with_record')
			.on('events')
			.column('id')
			.where(sql.ref('record'), 'is not', null)
			.execute();

		await schema
			.createTable('hub_leases')
			.addColumn('name', 'text', (c) => c.primaryKey())
			.addColumn('lease_id', 'text', (c) => c.notNull())
			.addColumn('lease_until', 'bigint', (c) => c.notNull())
			.execute();

		await schema
			.createTable('kept_usage')
			.addColumn('workspace_id', 'text', (c) =>
				c.primaryKey().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('events', 'bigint', (c) => c.notNull())
			.addColumn('bytes', 'bigint', (c) => c.notNull())
			.execute();
		await sql`
			insert into kept_usage (workspace_id, events, bytes)
			select workspace_id, count(*),
				sum(octet_length(original) + coalesce(octet_length(record), 0))
			from events group by workspace_id`.execute(db);
		await schema.createTable('first_purge').addColumn('due_at', 'bigint').execute();
		await sql`
			insert into first_purge (due_at) select cast(null as bigint)
			where exists (select 1 from events) or exists (select 1 from payloads)`.execute(db);
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.dropTable('first_purge').execute();
		await schema.dropTable('kept_usage').execute();
		await schema.dropTable('hub_leases').execute();
		await schema.dropIndex('events_with_record').execute();
		await schema.dropIndex('events_by_payload').execute();
		await schema.dropIndex('deliveries_by_event').execute();
	},
};
