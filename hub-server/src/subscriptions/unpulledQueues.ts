import type { Kysely } from 'kysely';
import type { Trouble } from '../alerts/alertLedger';
import type { Tables } from '../database/tables';
import { pullName } from './addressOf';

/** A trigger that looks once a day is in time. */
const SILENT_MS = 25 * 3600_000;

/**
 * Subscriptions that are pulled from, whose deliveries wait and which nobody has asked for a day. Nothing is sent
 * to them, so no attempt fails, and an n8n that is gone would be told by nothing else.
 *
 * @param now epoch milliseconds
 */
export async function unpulledQueues(
	db: Kysely<Tables>,
	workspaceId: string | undefined,
	now: number,
): Promise<Trouble[]> {
	const silentSince = now - SILENT_MS;
	const silent = await db
		.selectFrom('subscriptions')
		.select(['id', 'workspace_id', 'url', 'workflow_id', 'pulled_at'])
		.where('delivery', '=', 'pull')
		.where('status', '=', 'active')
		.where((e) => e.or([e('pulled_at', 'is', null), e('pulled_at', '<=', silentSince)]))
		.$if(workspaceId !== undefined, (q) => q.where('workspace_id', '=', workspaceId as string))
		.execute();
	const found: Trouble[] = [];
	for (const row of silent) {
		const oldest = await db
			.selectFrom('deliveries')
			.select('next_at')
			.where('subscription_id', '=', row.id)
			.where('status', '=', 'pending')
			.where('next_at', '<=', silentSince)
			.orderBy('next_at')
			.limit(1)
			.executeTakeFirst();
		if (oldest === undefined) continue;
		found.push({
			workspaceId: row.workspace_id,
			kind: 'workflow_paused',
			subject: row.id,
			since: row.pulled_at ?? oldest.next_at,
			describe: async () =>
				`${pullName({ url: row.url, workflowId: row.workflow_id })} asks for its events by itself, and has not done so for over a day. Start ` +
				'n8n, or publish the workflow again. What waits is kept and is taken then. If it is not wanted ' +
				'any more, discard its queue in the portal.',
		});
	}
	return found;
}
