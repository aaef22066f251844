import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import type { Purge, PurgeStepped } from './Purge';

/** Each has 500 records at most. */
const PUSHES_A_STEP = 2;

/** What was pushed to a removed organisation, and what of it was still to go. */
export async function purgePushesOf(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId, before }: Purge,
): Promise<PurgeStepped> {
	const pushes = await tx
		.selectFrom('pushes')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where('created_at', '<', before)
		.limit(PUSHES_A_STEP)
		.execute();
	const ids = pushes.map(({ id }) => id);
	if (ids.length > 0) await tx.deleteFrom('pushes').where('id', 'in', ids).execute();
	return { after: ids.length < PUSHES_A_STEP ? undefined : [] };
}
