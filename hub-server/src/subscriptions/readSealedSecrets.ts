import type { Selectable } from 'kysely';
import type { Tables } from '../database/tables';
import type { SealedSecrets } from './subscriptionSecrets';

/** The secrets in a subscription's row, as they are sealed there. */
export function readSealedSecrets(row: Selectable<Tables['subscriptions']>): SealedSecrets {
	return {
		subscriptionId: row.id,
		workspaceId: row.workspace_id,
		current: row.secret,
		previous: row.previous_secret,
		previousUntil: row.previous_secret_until,
	};
}
