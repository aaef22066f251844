import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables';

/**
 * The client id of each workspace whose app it has shown to be its own. A client id is no secret, and
 * a webhook key proves only who typed it in; what shows it is that Xero accepted the client secret:
 * when the keys were checked, or in a consent that gave the workspace an organisation.
 */
export async function provenApps(
	db: Kysely<Tables>,
	workspaceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
	if (workspaceIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('app_keys as k')
		.select(['k.workspace_id', 'k.client_id'])
		.where('k.workspace_id', 'in', [...workspaceIds])
		.where((e) =>
			e.or([
				e('k.verified_at', 'is not', null),
				e.exists(
					e
						.selectFrom('connections as c')
						.innerJoin('grants as g', 'g.id', 'c.grant_id')
						.select('c.id')
						.whereRef('c.workspace_id', '=', 'k.workspace_id')
						.whereRef('g.client_id', '=', 'k.client_id'),
				),
			]),
		)
		.execute();
	return new Map(rows.map((row) => [row.workspace_id, row.client_id]));
}
