import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import { ROWS_A_STEP, type Purge, type PurgeStepped } from './Purge';

/** The states of an organisation that are of no epoch of now. */
export async function purgeStatesOf(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId, current }: Purge,
	[entity = '', id = '']: readonly string[],
): Promise<PurgeStepped> {
	const rows = await tx
		.selectFrom('record_states')
		.select(['entity', 'xero_id', 'epoch'])
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where(sql<boolean>`(entity, xero_id) > (${entity}, ${id})`)
		.orderBy('entity')
		.orderBy('xero_id')
		.limit(ROWS_A_STEP)
		.execute();
	const stale = rows.filter((row) => row.epoch !== current?.epoch);
	for (const [kind, group] of Map.groupBy(stale, (row) => row.entity)) {
		await tx
			.deleteFrom('record_states')
			.where('workspace_id', '=', workspaceId)
			.where('tenant_id', '=', tenantId)
			.where('entity', '=', kind)
			.where(
				'xero_id',
				'in',
				group.map((row) => row.xero_id),
			)
			.where('epoch', '<>', current?.epoch ?? '')
			.execute();
	}
	const last = rows.at(-1);
	const isEnd = rows.length < ROWS_A_STEP || last === undefined;
	return { after: isEnd ? undefined : [last.entity, last.xero_id] };
}
