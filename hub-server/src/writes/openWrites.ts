import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables';

/**
 * Longer than a call of the proxy takes: a minute for its turn, one for its body, and 100 seconds of silence,
 * twice. One that is open for longer was its hub's last.
 */
export const LONGEST_CALL_MS = 6 * 60_000;

/**
 * Those of the events that a write which is still under way can be the cause of, where a subscription wants to
 * know. Only writes that began before the event came: so nobody waits for longer than one call takes.
 */
export async function awaitingWrites(
	db: Kysely<Tables>,
	eventIds: readonly string[],
	at: number,
): Promise<readonly string[]> {
	if (eventIds.length === 0) return [];
	const rows = await db
		.selectFrom('events as e')
		.innerJoin('proxied_writes as w', (join) =>
			join
				.onRef('w.workspace_id', '=', 'e.workspace_id')
				.onRef('w.tenant_id', '=', 'e.tenant_id')
				.onRef('w.category', '=', 'e.category'),
		)
		.select('e.id')
		.distinct()
		.where('e.id', 'in', [...eventIds])
		.where('w.finished_at', 'is', null)
		.where('w.started_at', '>', at - LONGEST_CALL_MS)
		.whereRef('w.started_at', '<=', 'e.received_at')
		.where((e) =>
			e.exists(
				e
					.selectFrom('subscriptions as s')
					.select(sql.lit(1).as('one'))
					.whereRef('s.workspace_id', '=', 'e.workspace_id')
					.where('s.status', 'in', ['active', 'parked'])
					.where('s.filter', 'like', '%"causedByOthersOnly":true%'),
			),
		)
		.execute();
	return rows.map(({ id }) => id);
}

/** Whether a call that writes records of that category is under way. */
export async function isWriteOpen(
	db: Kysely<Tables>,
	place: { readonly workspaceId: string; readonly tenantId: string; readonly category: string },
	at: number,
): Promise<boolean> {
	const row = await db
		.selectFrom('proxied_writes')
		.select('id')
		.where('workspace_id', '=', place.workspaceId)
		.where('tenant_id', '=', place.tenantId)
		.where('category', '=', place.category)
		.where('finished_at', 'is', null)
		.where('started_at', '>', at - LONGEST_CALL_MS)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}
