import type { Kysely } from 'kysely';
import { firstIdAt } from '../database/newId';
import type { Tables } from '../database/tables';

/**
 * When a workspace got an event from a webhook last, epoch milliseconds; undefined where it got none that is kept.
 *
 * @param only of one organisation and category, since then
 */
export async function lastWebhookAt(
	db: Kysely<Tables>,
	workspaceId: string,
	only?: { readonly tenantId: string; readonly category: string; readonly since: number },
): Promise<number | undefined> {
	const row = await db
		.selectFrom('events')
		.select('received_at')
		.where('workspace_id', '=', workspaceId)
		.where('source', '=', 'webhook')
		.$if(only !== undefined, (q) =>
			q
				.where('tenant_id', '=', only?.tenantId ?? '')
				.where('category', '=', only?.category ?? '')
				.where('id', '>=', firstIdAt(only?.since ?? 0)),
		)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row?.received_at;
}
