import type { Kysely } from 'kysely';
import type { Trouble } from '../alerts/alertLedger';
import type { Tables } from '../database/tables';
import { isPullName } from './addressOf';

/** Triggers that are at two addresses, and those that something other than n8n has deleted. */
export async function triggerTroubles(
	db: Kysely<Tables>,
	workspaceId: string | undefined,
): Promise<Trouble[]> {
	const [twice, resumed] = await Promise.all([
		publishedTwice(db, workspaceId),
		resumedSubscriptions(db, workspaceId),
	]);
	return [
		...twice.map((row): Trouble => ({
			workspaceId: row.workspace_id,
			kind: 'trigger_elsewhere',
			subject: row.id,
			since: row.created_at,
			describe: async () =>
				`${isPullName(row.url) ? PULLED_TWICE : `A trigger at ${row.other_url} is also published at ${row.url}`}, ` +
				'as when n8n’s database was copied. Its events go to both. Unpublish it where it is not meant to ' +
				'run, or discard that queue in the portal.',
		})),
		...resumed.map((row): Trouble => ({
			workspaceId: row.workspace_id,
			kind: 'trigger_resumed',
			subject: row.id,
			since: Number(row.resumed_at),
			describe: async () =>
				`The subscription of ${row.url} was deleted, yet its trigger still answers there. So it was not ` +
				'n8n that deleted it, and events go on going there. If the trigger is not wanted, unpublish it in n8n.',
		})),
	];
}

const PULLED_TWICE = 'A trigger that asks for its events is published twice';

/** The younger of two addresses of one trigger. */
function publishedTwice(db: Kysely<Tables>, workspaceId: string | undefined) {
	return db
		.selectFrom('subscriptions as s')
		.innerJoin('subscriptions as o', (on) =>
			on
				.onRef('o.workspace_id', '=', 's.workspace_id')
				.onRef('o.instance_id', '=', 's.instance_id')
				.onRef('o.workflow_id', '=', 's.workflow_id')
				.onRef('o.node_id', '=', 's.node_id')
				.onRef('o.id', '<', 's.id'),
		)
		.select(['s.id', 's.workspace_id', 's.url', 's.created_at', 'o.url as other_url'])
		.where('s.status', '=', 'active')
		.where('o.status', '=', 'active')
		.where('s.mode', '=', 'production')
		.where('o.mode', '=', 'production')
		.$if(workspaceId !== undefined, (q) => q.where('s.workspace_id', '=', workspaceId as string))
		.execute();
}

function resumedSubscriptions(db: Kysely<Tables>, workspaceId: string | undefined) {
	return db
		.selectFrom('subscriptions')
		.select(['id', 'workspace_id', 'url', 'resumed_at'])
		.where('resumed_at', 'is not', null)
		.where('status', '=', 'active')
		.$if(workspaceId !== undefined, (q) => q.where('workspace_id', '=', workspaceId as string))
		.execute();
}
