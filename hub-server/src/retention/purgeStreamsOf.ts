import type { Transaction } from 'kysely';
import { forgetAlertsAbout } from '../alerts/forgetAlertsAbout';
import type { Tables } from '../database/tables';
import { LEASE } from '../work/lease';
import { ROWS_A_STEP, type Purge, type PurgeStepped } from './Purge';

/**
 * The streams of a removed connection, with their runs and marks, and the alerts about them, about the connection
 * and about the organisation's calls. Stopped first: then no run stores anything more.
 */
export async function purgeStreamsOf(
	tx: Transaction<Tables>,
	{ workspaceId, tenantId, connectionId, before }: Purge,
): Promise<PurgeStepped> {
	if (connectionId === null) return { after: undefined };
	const streams = await tx
		.updateTable('sync_streams')
		.set({ ...LEASE.free, enabled: 0, run_id: null, position: null })
		.where('connection_id', '=', connectionId)
		.returning('id')
		.execute();
	const ids = streams.map(({ id }) => id);
	if (ids.length > 0) {
		const runs = await tx
			.selectFrom('sync_runs')
			.select('id')
			.where('stream_id', 'in', ids)
			.limit(ROWS_A_STEP)
			.execute();
		const old = runs.map(({ id }) => id);
		if (old.length > 0) await tx.deleteFrom('sync_runs').where('id', 'in', old).execute();
		if (old.length === ROWS_A_STEP) return { after: [] };
		await tx.deleteFrom('sync_streams').where('id', 'in', ids).execute();
	}
	const subjects = [connectionId, tenantId, ...ids];
	await forgetAlertsAbout(tx, { workspaceId, subjects, before });
	return { after: undefined };
}
