import { sql, type Kysely } from 'kysely';

/**
 * What makes a claim a look-up: the due deliveries of one subscription in their order, and the events of
 * one organisation that wait for their record. Besides, when an
 * endpoint last failed, replays as work in steps, and how many deliveries there are of each status.
 */
export function fairDispatch(engine: 'sqlite' | 'postgres') {
	return {
		async up(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;

			await schema
				.createIndex('deliveries_due_by_subscription')
				.on('deliveries')
				.columns(['subscription_id', 'next_at', 'id'])
				.where(sql.ref('status'), '=', sql.lit('pending'))
				.execute();
			await schema
				.createIndex('deliveries_waiting')
				.on('deliveries')
				.columns(['event_id', 'subscription_id'])
				.where(sql.ref('status'), '=', sql.lit('waiting'))
				.execute();
			await schema
				.createIndex('deliveries_leased')
				.on('deliveries')
				.column('lease_until')
				.where(sql.ref('lease_id'), 'is not', null)
				.execute();
			await schema
				.createIndex('deliveries_by_status')
				.on('deliveries')
				.columns(['workspace_id', 'status', 'id'])
				.execute();
			await schema
				.createIndex('deliveries_finished')
				.on('deliveries')
				.columns(['workspace_id', 'finished_at', 'status'])
				.where(sql.ref('finished_at'), 'is not', null)
				.execute();
			await schema
				.createIndex('events_by_receipt')
				.on('events')
				.columns(['workspace_id', 'received_at', 'id'])
				.execute();

			await schema
				.createIndex('events_awaiting_record_by_tenant')
				.on('events')
				.columns(['workspace_id', 'tenant_id', 'record_next_at', 'id'])
				.where(sql.ref('record_state'), '=', sql.lit('needed'))
				.execute();

			await schema.alterTable('subscriptions').addColumn('failed_at', 'bigint').execute();

			await schema
				.createTable('replays')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('status', 'text', (c) => c.notNull())
				.addColumn('since', 'bigint', (c) => c.notNull())
				.addColumn('until', 'bigint', (c) => c.notNull())
				.addColumn('delivery_status', 'text')
				.addColumn('subscription_id', 'text')
				.addColumn('tenant_id', 'text')
				.addColumn('position_at', 'bigint', (c) => c.notNull())
				.addColumn('position_id', 'text', (c) => c.notNull())
				.addColumn('deliveries', 'bigint', (c) => c.notNull())
				.addColumn('made', 'bigint', (c) => c.notNull())
				.addColumn('created_at', 'bigint', (c) => c.notNull())
				.addColumn('finished_at', 'bigint')
				.execute();
			await schema
				.createIndex('replays_under_way')
				.on('replays')
				.columns(['workspace_id', 'id'])
				.where(sql.ref('finished_at'), 'is', null)
				.execute();

			await countDeliveries(db, engine);
		},

		async down(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;
			for (const event of ['insert', 'update', 'delete']) {
				const of = engine === 'postgres' ? sql` on deliveries` : sql``;
				await sql`drop trigger ${sql.ref(`deliveries_counted_on_${event}`)}${of}`.execute(db);
				if (engine === 'postgres') {
					await sql`drop function ${sql.ref(`count_deliveries_on_${event}`)}`.execute(db);
				}
			}
			await schema.dropTable('delivery_counts').execute();
			await schema.dropTable('replays').execute();
			await schema.alterTable('subscriptions').dropColumn('failed_at').execute();
			for (const index of [
				'events_awaiting_record_by_tenant',
				'events_by_receipt',
				'deliveries_finished',
				'deliveries_by_status',
				'deliveries_leased',
				'deliveries_waiting',
				'deliveries_due_by_subscription',
			]) {
				await schema.dropIndex(index).execute();
			}
		},
	};
}

/**
 * The sum of a status's rows is how many deliveries have it. Triggers keep them, so that no writer can
 * forget to. SQLite has one row a status; on PostgreSQL a statement adds a row with what it changed,
 * for writers of one row would wait for each other, and the hub sums them up from time to time.
 */
async function countDeliveries(db: Kysely<unknown>, engine: 'sqlite' | 'postgres'): Promise<void> {
	const statuses = ['waiting', 'pending', 'delivered', 'dead', 'filtered', 'cancelled'];
	if (engine === 'sqlite') {
		await db.schema
			.createTable('delivery_counts')
			.addColumn('status', 'text', (c) => c.primaryKey())
			.addColumn('count', 'bigint', (c) => c.notNull())
			.execute();
	} else {
		await db.schema
			.createTable('delivery_counts')
			.addColumn('status', 'text', (c) => c.notNull())
			.addColumn('count', 'bigint', (c) => c.notNull())
			.execute();
	}
	for (const status of statuses) {
		await sql`
			insert into delivery_counts (status, count)
			select ${sql.lit(status)}, count(*) from deliveries where status = ${sql.lit(status)}`.execute(db);
	}
	await (engine === 'sqlite' ? countOnSqlite(db) : countOnPostgres(db));
}

async function countOnSqlite(db: Kysely<unknown>): Promise<void> {
	const plus = sql.raw('update delivery_counts set count = count + 1 where status = new.status;');
	const minus = sql.raw('update delivery_counts set count = count - 1 where status = old.status;');
	await sql`
		create trigger deliveries_counted_on_insert after insert on deliveries
		begin ${plus} end`.execute(db);
	await sql`
		create trigger deliveries_counted_on_update after update of status on deliveries
		when old.status <> new.status begin ${minus} ${plus} end`.execute(db);
	await sql`
		create trigger deliveries_counted_on_delete after delete on deliveries
		begin ${minus} end`.execute(db);
}

async function countOnPostgres(db: Kysely<unknown>): Promise<void> {
	const gone = sql.raw('select status, -1 as n from gone');
	const come = sql.raw('select status, 1 as n from come');
	const triggers = [
		{ event: 'insert', changed: come, tables: sql`new table as come` },
		{
			event: 'update',
			changed: sql`${gone} union all ${come}`,
			tables: sql`old table as gone new table as come`,
		},
		{ event: 'delete', changed: gone, tables: sql`old table as gone` },
	];
	for (const { event, changed, tables } of triggers) {
		const name = sql.ref(`count_deliveries_on_${event}`);
		await sql`
			create function ${name}() returns trigger language plpgsql as $$
			begin
				insert into delivery_counts (status, count)
				select status, sum(n) from (${changed}) changed group by status having sum(n) <> 0;
				return null;
			end $$`.execute(db);
		await sql`
			create trigger ${sql.ref(`deliveries_counted_on_${event}`)} after ${sql.raw(event)} on deliveries
			referencing ${tables} for each statement execute function ${name}()`.execute(db);
	}
}
