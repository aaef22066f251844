import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables';
import { endGrantAlerts } from './endGrantAlerts';

/**
 * Lets the grants of an app try again that stood still for want of good keys, and ends the alerts about
 * them. Call it in the transaction that saves keys of the app: whoever saves them, none stays behind.
 */
export async function forgiveGrants(
	tx: Transaction<Tables>,
	clientId: string,
	now: number,
): Promise<void> {
	const forgiven = await tx
		.updateTable('grants')
		.set({ status: 'active', keys_lost_at: null })
		.where('client_id', '=', clientId)
		.where((e) => e.or([e('status', '=', 'app_keys_refused'), e('keys_lost_at', 'is not', null)]))
		.returning('id')
		.execute();
	const ids = forgiven.map(({ id }) => id);
	await endGrantAlerts(tx, ids, 'everyone', now);
}
