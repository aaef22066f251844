import type { Kysely } from 'kysely';

/**
 * Roles in each workspace, who made a link, and where a session is. What was there before keeps working:
 * a role that is null is the person's own, and a link without a maker was made before this.
 */
export const signIn = {
	async up(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;

		await schema.alterTable('user_workspaces').addColumn('role', 'text').execute();

		await schema.alterTable('join_links').addColumn('workspace_roles', 'text').execute();
		// No reference: a link tells who made it when that person is gone, too.
		await schema.alterTable('join_links').addColumn('made_by', 'text').execute();
		await schema.alterTable('join_links').addColumn('made_by_name', 'text').execute();
		await schema.alterTable('join_links').addColumn('ended_at', 'bigint').execute();

		await schema.alterTable('portal_sessions').addColumn('browser', 'text').execute();
		await schema.alterTable('portal_sessions').addColumn('network', 'text').execute();
		await schema
			.createIndex('portal_sessions_by_user')
			.on('portal_sessions')
			.column('user_id')
			.execute();
	},

	async down(db: Kysely<unknown>): Promise<void> {
		const { schema } = db;
		await schema.dropIndex('portal_sessions_by_user').execute();
		for (const [table, columns] of [
			['portal_sessions', ['browser', 'network']],
			['join_links', ['workspace_roles', 'made_by', 'made_by_name', 'ended_at']],
			['user_workspaces', ['role']],
		] as const) {
			for (const column of columns) await schema.alterTable(table).dropColumn(column).execute();
		}
	},
};
