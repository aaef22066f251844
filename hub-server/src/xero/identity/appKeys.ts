import type { Kysely, Selectable } from 'kysely';
import type { Tables } from '../../database/tables';
import type { AppCredentials } from './xeroIdentity';
import { AppKeysMissingError } from '../../errors/xeroErrors';
import type { KeyRing, SealedPlace } from '../../secrets/keyRing';

/** A workspace's app keys, opened. */
export interface AppKeys extends AppCredentials {
	readonly scopes: readonly string[];
	/** Of Xero's pricing, or the number of connections. */
	readonly tier: string;
	/** Tells one saving of the keys from the next. */
	readonly updatedAt: number;
}

export type ReadAppKeys = (workspaceId: string) => Promise<AppKeys>;

/**
 * The keys with which a grant can be renewed: those of the app that the user consented to, first as
 * its home workspace has them, then as others saved them, the latest first. Workspaces may share an
 * app, and its secret may have been replaced in some of them only. Empty when no workspace has any.
 */
export type ReadGrantKeys = (grant: {
	readonly clientId: string;
	readonly workspaceId: string;
}) => Promise<readonly AppKeys[]>;

/** Where a secret of the `app_keys` row is sealed. */
export function appKeyPlace(
	workspaceId: string,
	column: 'client_secret' | 'webhook_key' | 'previous_webhook_key',
): SealedPlace {
	return { table: 'app_keys', row: workspaceId, column, workspace: workspaceId };
}

/** The returned function throws `AppKeysMissingError` while none are saved. */
export function createReadAppKeys(deps: {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
}): ReadAppKeys {
	return async (workspaceId) => {
		const row = await deps.db
			.selectFrom('app_keys')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.executeTakeFirst();
		if (row === undefined) throw new AppKeysMissingError();
		return openKeys(row, deps.keyRing);
	};
}

export function createReadGrantKeys(deps: {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
}): ReadGrantKeys {
	return async ({ clientId, workspaceId }) => {
		const rows = await deps.db
			.selectFrom('app_keys')
			.selectAll()
			.where('client_id', '=', clientId)
			.orderBy('updated_at', 'desc')
			.execute();
		const isHome = (row: (typeof rows)[number]) => row.workspace_id === workspaceId;
		return [...rows.filter(isHome), ...rows.filter((row) => !isHome(row))].map((row) =>
			openKeys(row, deps.keyRing),
		);
	};
}

function openKeys(row: Selectable<Tables['app_keys']>, keyRing: KeyRing): AppKeys {
	return {
		clientId: row.client_id,
		clientSecret: keyRing.open(row.client_secret, appKeyPlace(row.workspace_id, 'client_secret')),
		scopes: row.scopes.split(' ').filter((scope) => scope !== ''),
		tier: row.tier,
		updatedAt: row.updated_at,
	};
}
