import type { Kysely } from 'kysely';
import { overdueDaysOf } from '../../protocol';
import type { Tables } from '../database/tables';
import { readSubscription } from './readSubscription';

/** A number of days that somebody wants to be told of. */
export interface OverdueWish {
	readonly days: number;
	/** Since when somebody does, epoch milliseconds. */
	readonly since: number;
}

/**
 * By how many days what is owed to or by an organisation is to be overdue, for those who listen now or when they
 * wake; in order, each once.
 */
export async function overdueDaysAsked(
	db: Kysely<Tables>,
	{ workspaceId, tenantId }: { readonly workspaceId: string; readonly tenantId: string },
): Promise<readonly OverdueWish[]> {
	const rows = await db
		.selectFrom('subscriptions')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('status', 'in', ['active', 'parked'])
		.where('mode', '=', 'production')
		.orderBy('created_at')
		.execute();
	const wishes = new Map<number, OverdueWish>();
	for (const row of rows) {
		const wish = readSubscription(row);
		const { tenantIds } = wish;
		if (tenantIds.length > 0 && !tenantIds.includes(tenantId.toLowerCase())) continue;
		const days = overdueDaysOf(wish);
		if (days === undefined || wishes.has(days)) continue;
		wishes.set(days, { days, since: row.created_at });
	}
	return [...wishes.values()].sort((a, b) => a.days - b.days);
}
