import type { Kysely } from 'kysely';
import type { Tables } from '../ledger/tables';
import type { KeyRing } from '../vault/keyRing';
import { rehomeGrants } from '../vault/rehomeGrants';
import type { WorkspaceStore } from './workspaceStore';

/**
 * Removes a workspace and everything below it, in one transaction. Grants that other workspaces use
 * stay with those.
 *
 * @throws NotFoundError
 */
export type RemoveWorkspace = (slug: string) => Promise<void>;

export function createRemoveWorkspace(deps: {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
}): RemoveWorkspace {
	const { db, keyRing, workspaces } = deps;

	return async (slug) => {
		const { id } = await workspaces.get(slug);
		await db.transaction().execute(async (tx) => {
			await rehomeGrants(tx, keyRing, id);
			await tx.deleteFrom('workspaces').where('id', '=', id).execute();
		});
	};
}
