import { UnknownTenantError } from '../errors/syncErrors';
import type { LinkMigration, LinkMigrations, MigrationWish } from '../links/linkMigrations';
import type { Workspace } from '../workspaces/workspaceStore';
import { connectionName } from '../xero/connections/connectionName';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** Migrations of a workspace's links: begin, take back. */
export interface LinkMigrationChanges {
	/**
	 * A dry run is over at once unless the links are many: it asks nothing of Xero.
	 *
	 * @throws UnknownTenantError, RunUnderWayError
	 */
	start(
		by: Actor,
		workspace: Holder,
		wish: MigrationWish,
		idempotencyKey?: string,
	): Promise<LinkMigration>;
	/** @throws NotFoundError, ConflictError, LinksUsedError */
	revert(by: Actor, workspace: Holder, id: string): Promise<LinkMigration>;
}

type Holder = Pick<Workspace, 'id' | 'slug'>;

/** As much of a dry run as a caller waits for: some 40,000 links. */
const STEPS_AT_ONCE = 500;

export function createLinkMigrationChanges(deps: {
	readonly linkMigrations?: LinkMigrations | undefined;
	readonly connections: Pick<ConnectionRows, 'findTenant'>;
	readonly noteChange: NoteChange;
}): LinkMigrationChanges {
	const { connections, noteChange } = deps;

	function migrations(): LinkMigrations {
		if (deps.linkMigrations === undefined) throw new Error('Nobody migrates links here.');
		return deps.linkMigrations;
	}

	return {
		async start(by, { id: workspaceId, slug }, wish, idempotencyKey) {
			const connection = await connections.findTenant(workspaceId, wish.toTenantId);
			if (connection === undefined) throw new UnknownTenantError(wish.toTenantId);
			let migration = await migrations().start(workspaceId, wish, idempotencyKey);
			for (let step = 0; wish.dryRun && step < STEPS_AT_ONCE; step += 1) {
				if (!(await migrations().step(migration.id))) break;
			}
			migration = await migrations().get(workspaceId, migration.id);
			await noteChange(by, {
				workspace: slug,
				action: 'links.migrated',
				detail: {
					organisation: connectionName(connection),
					...{ migration: migration.id, dryRun: String(wish.dryRun) },
				},
			});
			return migration;
		},

		async revert(by, { id: workspaceId, slug }, id) {
			const migration = await migrations().revert(workspaceId, id);
			await noteChange(by, {
				workspace: slug,
				action: 'links.migration_reverted',
				detail: { migration: id },
			});
			return migration;
		},
	};
}
