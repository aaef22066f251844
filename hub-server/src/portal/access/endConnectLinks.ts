import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables';
import { isAllowed } from './permissions';
import type { Access } from './PortalUser';

/**
 * Ends the connect links of a person for workspaces that they may not connect any more, for good: who
 * may again later makes new ones.
 *
 * @param access undefined: the person is removed
 */
export async function endConnectLinks(
	tx: Transaction<Tables>,
	userId: string,
	access: Access | undefined,
	now: number,
): Promise<void> {
	const open = await tx
		.selectFrom('connect_links')
		.select(['id', 'workspace_id'])
		.where('user_id', '=', userId)
		.where('ended_at', 'is', null)
		.execute();
	for (const { id, workspace_id: workspaceId } of open) {
		if (access !== undefined && isAllowed(access, 'connect', workspaceId)) continue;
		await tx.updateTable('connect_links').set({ ended_at: now }).where('id', '=', id).execute();
	}
}
