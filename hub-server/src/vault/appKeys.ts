import type { Kysely } from 'kysely';
import type { Tables } from '../ledger/tables';
import type { AppCredentials } from '../xero/xeroIdentity';
import { AppKeysMissingError } from '../xero/xeroErrors';
import type { KeyRing, SealedPlace } from './keyRing';

/** A workspace's app keys, opened. */
export interface AppKeys extends AppCredentials {
	readonly scopes: readonly string[];
	/** Of Xero's pricing, or the number of connections. */
	readonly tier: string;
	/** Tells one saving of the keys from the next. */
	readonly updatedAt: number;
}

export type ReadAppKeys = (workspaceId: string) => Promise<AppKeys>;

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
			.select(['client_id', 'client_secret', 'scopes', 'tier', 'updated_at'])
			.where('workspace_id', '=', workspaceId)
			.executeTakeFirst();
		if (row === undefined) throw new AppKeysMissingError();
		return {
			clientId: row.client_id,
			clientSecret: deps.keyRing.open(row.client_secret, appKeyPlace(workspaceId, 'client_secret')),
			scopes: row.scopes.split(' ').filter((scope) => scope !== ''),
			tier: row.tier,
			updatedAt: row.updated_at,
		};
	};
}
