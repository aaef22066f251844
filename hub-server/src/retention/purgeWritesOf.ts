import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import type { Purge, PurgeStepped } from './Purge';

/** Each has a few hundred records at most. */
const CALLS_A_STEP = 20;

/** What the hub remembers of records that were written through it, with the calls that did. */
export async function purgeWritesOf(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId, before }: Purge,
): Promise<PurgeStepped> {
	const calls = await tx
		.selectFrom('proxied_writes')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where('started_at', '<', before)
		.limit(CALLS_A_STEP)
		.execute();
	const ids = calls.map(({ id }) => id);
	if (ids.length > 0) await tx.deleteFrom('proxied_writes').where('id', 'in', ids).execute();
	return { after: ids.length < CALLS_A_STEP ? undefined : [] };
}
