import type { Kysely } from 'kysely';
import { HubError } from '../errors/HubError';
import type { Tables } from '../database/tables';
import type { KeyRing } from '../secrets/keyRing';
import { rehomeGrants } from '../xero/grants/rehomeGrants';
import { settleGrants } from '../xero/grants/settleGrants';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { RemoveAtXero } from '../xero/api/removeAtXero';
import type { Clock } from '../clock';
import type { WorkspaceStore } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** An organisation that could not be removed at Xero. */
export interface StillAtXero {
	readonly tenantId: string;
	readonly name: string;
	/** And what to do, for people. */
	readonly reason: string;
}

/**
 * Disconnects every organisation of a workspace at Xero, as far as Xero answers, and then removes the
 * workspace with everything below it, in one transaction. What other workspaces use stays with those.
 *
 * @returns what it left connected at Xero though nobody uses it any more
 * @throws NotFoundError
 */
export type RemoveWorkspace = (by: Actor, slug: string) => Promise<readonly StillAtXero[]>;

export interface RemoveWorkspaceDeps {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
	readonly now: Clock;
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
	readonly connections: Pick<ConnectionRows, 'list'>;
	readonly removeAtXero: RemoveAtXero;
	readonly noteChange: NoteChange;
}

export function createRemoveWorkspace(deps: RemoveWorkspaceDeps): RemoveWorkspace {
	const { db, keyRing, now, workspaces, connections, removeAtXero, noteChange } = deps;

	/** Best effort: Xero being away must keep nobody from deleting what is here. */
	async function disconnectAll(held: readonly Connection[]): Promise<StillAtXero[]> {
		const left: StillAtXero[] = [];
		/** A grant whose call failed once is not asked again: each failure may take a minute. */
		const failed = new Map<string, string>();
		for (const connection of held) {
			const { grantId, tenantId } = connection;
			let reason = failed.get(grantId);
			if (reason === undefined) {
				const atXero = await removeAtXero(connection).catch(asLeft);
				if (atXero.kind !== 'left') continue;
				({ reason } = atXero);
				failed.set(grantId, reason);
			}
			left.push({ tenantId, name: connection.tenantName ?? tenantId, reason });
		}
		return left;
	}

	return async function removeWorkspace(by, slug) {
		const { id } = await workspaces.get(slug);
		const held = await connections.list(id);
		const left = await disconnectAll(held);
		await db.transaction().execute(async (tx) => {
			await rehomeGrants(tx, keyRing, id);
			await tx.deleteFrom('workspaces').where('id', '=', id).execute();
			// Its own went with it; one that is at home elsewhere may have been used by it only.
			await settleGrants(tx, [...new Set(held.map(({ grantId }) => grantId))], now());
		});
		await noteChange(by, {
			workspace: slug,
			action: 'workspace.removed',
			...(left.length > 0 && {
				detail: { stillAtXero: left.map(({ name }) => name).join(', ') },
			}),
		});
		return left;
	};
}

function asLeft(cause: unknown) {
	if (!(cause instanceof HubError)) throw cause;
	const reason = `${cause.message} Disconnect it at Xero: Connected apps.`;
	return { kind: 'left' as const, reason };
}
