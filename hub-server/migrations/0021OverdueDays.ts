import { sql, type Kysely } from 'kysely';

/**
 * When what is owed falls due, up to when it was looked at what became overdue, and the organisations' own
 * days. Of states that are there the due day is filled when they change, and by the next full read.
 */
export const overdueDays = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		for (const [column, type] of [
			['due_day', 'text'],
			['due_entity', 'text'],
			['due_since', 'bigint'],
		] as const) {
			await schema.alterTable('record_states').addColumn(column, type).execute();
		}
		for (const [index, column] of [
			['record_states_due', 'due_day'],
			['record_states_due_since', 'due_since'],
		] as const) {
			await schema
				.createIndex(index)
				.on('record_states')
				.columns(['workspace_id', 'tenant_id', column, 'xero_id'])
				.where(sql.ref(column), 'is not', null)
				.execute();
		}

		await schema.alterTable('connections').addColumn('time_zone', 'text').execute();
		await schema.alterTable('connections').addColumn('time_zone_at', 'bigint').execute();

		await schema
			.createTable('overdue_marks')
			.addColumn('stream_id', 'text', (c) =>
				c.notNull().references('sync_streams.id').onDelete('cascade'),
			)
			.addColumn('days', 'integer', (c) => c.notNull())
			.addColumn('seen_at', 'bigint', (c) => c.notNull())
			.addColumn('seen_day', 'text')
			.addPrimaryKeyConstraint('overdue_marks_key', ['stream_id', 'days'])
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.dropTable('overdue_marks').execute();
		for (const column of ['time_zone_at', 'time_zone']) {
			await schema.alterTable('connections').dropColumn(column).execute();
		}
		for (const index of ['record_states_due_since', 'record_states_due']) {
			await schema.dropIndex(index).execute();
		}
		for (const column of ['due_since', 'due_entity', 'due_day']) {
			await schema.alterTable('record_states').dropColumn(column).execute();
		}
	},
};
