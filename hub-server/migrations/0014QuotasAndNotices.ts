import { sql, type Kysely } from 'kysely';

/** What a workspace may have, where its alerts go, and what each channel was told. */
export const quotasAndNotices = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;

		await schema
			.alterTable('workspaces')
			.addColumn('quotas', 'text', (c) => c.notNull().defaultTo('{}'))
			.execute();

		await schema
			.createTable('alert_channels')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('target', 'text', (c) => c.notNull())
			.addColumn('secret', 'text')
			.addColumn('created_at', 'bigint', (c) => c.notNull())
			.execute();
		await schema
			.createIndex('alert_channels_by_workspace')
			.on('alert_channels')
			.columns(['workspace_id', 'id'])
			.execute();

		await schema
			.createTable('alert_notices')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('workspace_id', 'text', (c) =>
				c.notNull().references('workspaces.id').onDelete('cascade'),
			)
			// No reference: the operator's channel is a setting.
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('alert_key', 'text', (c) => c.notNull())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('subject', 'text', (c) => c.notNull())
			.addColumn('message', 'text', (c) => c.notNull())
			.addColumn('raised_at', 'bigint', (c) => c.notNull())
			.addColumn('gone_at', 'bigint')
			.addColumn('ended_at', 'bigint')
			.addColumn('raised_told_at', 'bigint')
			.addColumn('ended_told_at', 'bigint')
			.addColumn('attempt', 'integer', (c) => c.notNull())
			.addColumn('next_at', 'bigint')
			.addColumn('last_error', 'text')
			.execute();
		// One trouble is told once to a channel, while it lasts.
		await schema
			.createIndex('alert_notices_open_once')
			.on('alert_notices')
			.columns(['channel_id', 'alert_key'])
			.unique()
			.where(sql.ref('ended_at'), 'is', null)
			.execute();
		await schema
			.createIndex('alert_notices_due')
			.on('alert_notices')
			.column('next_at')
			.where(sql.ref('next_at'), 'is not', null)
			.execute();
		await schema
			.createIndex('alert_notices_by_workspace')
			.on('alert_notices')
			.column('workspace_id')
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.dropTable('alert_notices').execute();
		await schema.dropTable('alert_channels').execute();
		await schema.alterTable('workspaces').dropColumn('quotas').execute();
	},
};
