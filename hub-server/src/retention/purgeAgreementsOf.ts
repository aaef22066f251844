import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import { ROWS_A_STEP, type Purge, type PurgeStepped } from './Purge';

/**
 * What was agreed with other systems. Mappings, and values that nobody has mapped, go at the second look only, and not
 * of an organisation that was connected again meanwhile: a person chose them. Links and their migrations stay for
 * good, see `purgeBasesOf`. Of a client that has left all of it goes, and at once.
 */
export async function purgeAgreementsOf(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId, before, current, everything, isFirstLook }: Purge,
): Promise<PurgeStepped> {
	if (!everything && (isFirstLook || current !== undefined)) return { after: undefined };
	if (everything) {
		const links = await tx
			.selectFrom('links')
			.select('id')
			.where('workspace_id', '=', workspaceId)
			.where('tenant_id', '=', tenantId)
			.where('created_at', '<', before)
			.limit(ROWS_A_STEP)
			.execute();
		if (links.length > 0) await tx.deleteFrom('links').where('id', 'in', idsOf(links)).execute();
		if (links.length === ROWS_A_STEP) return { after: [] };
	}

	const mappings = await tx
		.selectFrom('mappings')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where('updated_at', '<', before)
		.limit(ROWS_A_STEP)
		.execute();
	if (mappings.length > 0) {
		await tx.deleteFrom('mappings').where('id', 'in', idsOf(mappings)).execute();
	}
	if (mappings.length === ROWS_A_STEP) return { after: [] };

	// Few: 5,000 values at most are kept of an organisation.
	await tx
		.deleteFrom('unmapped_values')
		.where('workspace_id', '=', workspaceId)
		.where('tenant_id', '=', tenantId)
		.where('seen_at', '<', before)
		.execute();
	if (everything) {
		// Few: people migrate once.
		await tx
			.deleteFrom('link_migrations')
			.where('workspace_id', '=', workspaceId)
			.where('to_tenant_id', '=', tenantId)
			.where('created_at', '<', before)
			.execute();
	}
	return { after: undefined };
}

function idsOf(rows: readonly { readonly id: string }[]): string[] {
	return rows.map(({ id }) => id);
}
