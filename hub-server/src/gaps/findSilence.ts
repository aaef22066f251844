import type { Kysely } from 'kysely';
import { firstIdAt } from '../database/newId';
import type { Tables } from '../database/tables';
import { FED_BY_WEBHOOKS } from './listenedEntities';
import { lastWebhookAt } from './lastWebhookAt';
import { noteGap } from './noteGap';

/** After so long a webhook that did not come is missing; `doctor` waits as long (decision 17). */
export const TELLS_WITHIN_MS = 30 * 60_000;

/** An organisation that got no webhook of a category for so long has none of it. */
const USED_TO_MS = 14 * 24 * 3600_000;

/** A webhook that stays away for weeks costs four repairs a day. */
const PAUSE_MS = 6 * 3600_000;

/**
 * Finds organisations of which a sync told changes that their webhooks should have told, and of which no webhook
 * of the same category has come since.
 *
 * @param since what a sync told since then, epoch milliseconds; what is younger than the allowance is looked at
 *   next time
 * @returns how many gaps are new
 */
export async function findSilence(
	db: Kysely<Tables>,
	{ since, now }: { readonly since: number; readonly now: number },
): Promise<number> {
	const categories = FED_BY_WEBHOOKS.map(({ category }) => category);
	const untold = await db
		.selectFrom('events as e')
		.innerJoin('record_states as r', (join) =>
			join
				.onRef('r.workspace_id', '=', 'e.workspace_id')
				.onRef('r.tenant_id', '=', 'e.tenant_id')
				.onRef('r.xero_id', '=', 'e.resource_id')
				.onRef('r.told_event', '=', 'e.id'),
		)
		.innerJoin('connections as c', (join) =>
			join.onRef('c.workspace_id', '=', 'e.workspace_id').onRef('c.tenant_id', '=', 'e.tenant_id'),
		)
		.select(['c.id as connectionId', 'e.workspace_id as workspaceId'])
		.select(['e.tenant_id as tenantId', 'e.category'])
		.select((e) => e.fn.max('e.occurred_at').as('changedAt'))
		.where('e.id', '>=', firstIdAt(since - TELLS_WITHIN_MS))
		.where('e.id', '<', firstIdAt(now - TELLS_WITHIN_MS))
		.where('e.source', '=', 'sync')
		.where('e.category', 'in', categories)
		.where(
			'r.entity',
			'in',
			FED_BY_WEBHOOKS.map(({ entity }) => entity),
		)
		.where('r.told_open', '=', 1)
		.groupBy(['c.id', 'e.workspace_id', 'e.tenant_id', 'e.category'])
		.execute();
	let found = 0;
	for (const { connectionId, workspaceId, tenantId, category, changedAt } of untold) {
		const only = { tenantId, category, since: now - USED_TO_MS };
		const last = await lastWebhookAt(db, workspaceId, only);
		if (last === undefined || last >= Number(changedAt)) continue;
		const recent = await db
			.selectFrom('gaps')
			.select('id')
			.where('connection_id', '=', connectionId)
			.where('kind', '=', 'silence')
			.where('until_at', '>', now - PAUSE_MS)
			.limit(1)
			.executeTakeFirst();
		if (recent !== undefined) continue;
		found += await noteGap(db, { kind: 'silence', from: last, until: now, connectionId }, now);
	}
	return found;
}
