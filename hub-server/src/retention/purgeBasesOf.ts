import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import { ROWS_A_STEP, type Purge, type PurgeStepped } from './Purge';

/**
 * What both sides of an organisation's links agreed on, which is what records held. The links stay, with their ids,
 * with when a create was sent, and with whose push that was: without them the next push, once the organisation is
 * connected again, would make every record in Xero a second time. What was agreed since then stays too.
 */
export async function purgeBasesOf(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId, before, everything }: Purge,
	[system = '', entity = '', externalId = '']: readonly string[],
): Promise<PurgeStepped> {
	// They go themselves.
	if (everything) return { after: undefined };
	const links = await tx
		.selectFrom('links')
		.select(['id', 'system', 'entity', 'external_id'])
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where(sql<boolean>`(system, entity, external_id) > (${system}, ${entity}, ${externalId})`)
		.orderBy('system')
		.orderBy('entity')
		.orderBy('external_id')
		.limit(ROWS_A_STEP)
		.execute();
	const last = links.at(-1);
	if (last === undefined) return { after: undefined };
	await tx
		.updateTable('links')
		.set({ base: null, pushed_hash: null })
		.where(
			'id',
			'in',
			links.map(({ id }) => id),
		)
		.where('updated_at', '<', before)
		.execute();
	return {
		after: links.length < ROWS_A_STEP ? undefined : [last.system, last.entity, last.external_id],
	};
}
