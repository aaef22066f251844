import { sql, type Kysely } from 'kysely';

/** Finds what was given up, and what of it was sent again, without reading every delivery. */
export const workflowAlerts = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;

		await schema
			.createIndex('deliveries_dead')
			.on('deliveries')
			.columns(['workspace_id', 'subscription_id', 'finished_at'])
			.where(sql.ref('status'), '=', sql.lit('dead'))
			.execute();

		await schema
			.createIndex('deliveries_replays')
			.on('deliveries')
			.columns(['event_id', 'subscription_id'])
			.where(sql.ref('replay_of'), 'is not', null)
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.dropIndex('deliveries_replays').execute();
		await schema.dropIndex('deliveries_dead').execute();
	},
};
