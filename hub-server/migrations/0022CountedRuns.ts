import { sql, type Kysely } from 'kysely';

/** Finds the last run of a stream that counted, among a great many that did not. */
export const countedRuns = {
	async up(db: Kysely<unknown>): Promise<void> {
		await db.schema
			.createIndex('sync_runs_counted')
			.on('sync_runs')
			.columns(['stream_id', 'id'])
			.where(sql.ref('missing'), 'is not', null)
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		await db.schema.dropIndex('sync_runs_counted').execute();
	},
};
