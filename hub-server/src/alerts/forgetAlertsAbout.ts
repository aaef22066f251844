import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';

/**
 * Deletes the alerts about things that are not there any more, with the names in their messages. Channels that
 * were told of one are told of its end, without those.
 *
 * @param subjects ids of an organisation's own
 * @param before alerts that were raised later stay; epoch milliseconds
 */
export async function forgetAlertsAbout(
	db: Kysely<Tables>,
	{
		workspaceId,
		subjects,
		before,
	}: {
		readonly workspaceId: string;
		readonly subjects: readonly string[];
		readonly before: number;
	},
): Promise<void> {
	await db
		.deleteFrom('alerts')
		.where('workspace_id', '=', workspaceId)
		.where('subject', 'in', [...subjects])
		.where('raised_at', '<', before)
		.execute();
	await db
		.updateTable('alert_notices')
		.set({ message: FORGOTTEN })
		.where('workspace_id', '=', workspaceId)
		.where('subject', 'in', [...subjects])
		.where('raised_at', '<', before)
		.execute();
}

const FORGOTTEN = 'This was about an organisation that was disconnected from the hub since.';
