import type { Kysely } from 'kysely';
import { overdueDaysOf } from '../../protocol';
import type { Tables } from '../database/tables';
import { readSubscription } from './readSubscription';

/**
 * By how many days what is owed to or by an organisation is to be overdue, for those who listen now or when they
 * wake; in order, each once.
 */
export async function overdueDaysAsked(
	db: Kysely<Tables>,
	{ workspaceId, tenantId }: { readonly workspaceId: string; readonly tenantId: string },
): Promise<readonly number[]> {
	const rows = await db
		.selectFrom('subscriptions')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('status', 'in', ['active', 'parked'])
		.where('mode', '=', 'production')
		.execute();
	const days = rows
		.map(readSubscription)
		.filter(({ tenantIds }) => tenantIds.length === 0 || tenantIds.includes(tenantId.toLowerCase()))
		.flatMap((wish) => overdueDaysOf(wish) ?? []);
	return [...new Set(days)].sort((a, b) => a - b);
}
