import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import { eventIdentity } from '../events/eventIdentity';
import { subtractUsage, sumUsage } from '../events/keptUsage';
import { ROWS_A_STEP, type Purge, type PurgeStepped } from './Purge';

/**
 * What events say of their records goes, and what workflows answered to them, who may quote it. By the index of
 * the events' identity.
 */
export async function purgeEventBodies(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId, before }: Purge,
	after: readonly string[],
): Promise<PurgeStepped> {
	const [category = '', resource = '', change = '', date = ''] = after;
	const rows = await tx
		.selectFrom('events')
		.select(['id', 'category', 'resource_id', 'change', 'event_date_utc', 'received_at'])
		.select(['original', 'source'])
		.select(sql<number>`coalesce(octet_length(record), 0)`.as('bytes'))
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where(
			sql<boolean>`(category, resource_id, change, event_date_utc) > (${category}, ${resource}, ${change}, ${date})`,
		)
		.orderBy('category')
		.orderBy('resource_id')
		.orderBy('change')
		.orderBy('event_date_utc')
		.limit(ROWS_A_STEP)
		.execute();
	const old = rows.filter((row) => row.received_at < before);
	const ids = old.map(({ id }) => id);
	if (ids.length > 0) {
		// A long story of attempts takes several steps, before its events are left behind.
		if (await purgeAnswers(tx, ids)) return { after };
		await tx
			.updateTable('events')
			.set((e) => ({
				record: null,
				previous: null,
				changed: null,
				record_state: e
					.case()
					.when('record_state', '=', 'ready')
					.then('not_needed' as const)
					.else(e.ref('record_state'))
					.end(),
			}))
			.where('id', 'in', ids)
			.execute();
		const named = old.map((row) => ({
			...row,
			// A sync's own says no more than by which day it is overdue, and without that it would be a change.
			identity: row.source === 'webhook' ? eventIdentity(row.original) : row.original,
		}));
		for (const { id, identity } of named.filter((row) => row.identity !== row.original)) {
			await tx.updateTable('events').set({ original: identity }).where('id', '=', id).execute();
		}
		const freed = named.map(({ bytes, original, identity }) => ({
			workspaceId,
			events: 0,
			bytes: Number(bytes) + Buffer.byteLength(original) - Buffer.byteLength(identity),
		}));
		await subtractUsage(tx, sumUsage(freed));
	}
	const last = rows.at(-1);
	return rows.length < ROWS_A_STEP || last === undefined
		? { after: undefined }
		: { after: [last.category, last.resource_id, last.change, last.event_date_utc] };
}

/** @returns whether there may be more */
async function purgeAnswers(
	tx: Transaction<Tables>,
	eventIds: readonly string[],
): Promise<boolean> {
	const answered = await tx
		.selectFrom('attempts as a')
		.innerJoin('deliveries as d', 'd.id', 'a.delivery_id')
		.select('a.id')
		.where('d.event_id', 'in', [...eventIds])
		.where('a.response_body', 'is not', null)
		.limit(ROWS_A_STEP)
		.execute();
	const ids = answered.map(({ id }) => id);
	if (ids.length === 0) return false;
	await tx.updateTable('attempts').set({ response_body: null }).where('id', 'in', ids).execute();
	return ids.length === ROWS_A_STEP;
}
