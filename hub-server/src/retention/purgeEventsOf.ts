import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import { subtractUsage, sumUsage } from '../events/keptUsage';
import type { Purge, PurgeStepped } from './Purge';

/** Each takes its deliveries and their attempts with it. */
const EVENTS_A_STEP = 20;

/** Of a client that has left: its events, with the account of who got them. What was still owed is not sent any more. */
export async function purgeEventsOf(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId, before, everything }: Purge,
): Promise<PurgeStepped> {
	if (!everything) return { after: undefined };
	const rows = await tx
		.selectFrom('events')
		.select('id')
		.select(sql<number>`octet_length(original) + coalesce(octet_length(record), 0)`.as('bytes'))
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where('received_at', '<', before)
		.limit(EVENTS_A_STEP)
		.execute();
	if (rows.length === 0) return { after: undefined };
	const ids = rows.map(({ id }) => id);
	await tx.deleteFrom('events').where('id', 'in', ids).execute();
	const freed = rows.map(({ bytes }) => ({ workspaceId, events: 1, bytes: Number(bytes) }));
	await subtractUsage(tx, sumUsage(freed));
	return { after: rows.length < EVENTS_A_STEP ? undefined : [] };
}
