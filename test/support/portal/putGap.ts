import type { Insertable } from 'kysely';
import { newId } from '../../../hub-server/src/database/newId';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import type { Tables } from '../../../hub-server/src/database/tables';
import type { StartedPortal } from './startPortal';

/**
 * Writes a gap of the first organisation into the ledger, as if it had been noticed: the first hour of 1970, unless
 * it says otherwise.
 */
export async function putGap(
	portal: StartedPortal,
	gap: Partial<Insertable<Tables['gaps']>> = {},
	repairs: readonly Partial<Insertable<Tables['gap_repairs']>>[] = [],
): Promise<void> {
	const { db, close } = connectDatabase({ dataDir: portal.hub.dataDir });
	try {
		const held = await db.selectFrom('connections').selectAll().executeTakeFirstOrThrow();
		const place = { workspace_id: held.workspace_id, connection_id: held.id };
		const batch = repairs.length === 0 ? null : newId(Date.now());
		await db
			.insertInto('gaps')
			.values({
				...{ id: newId(Date.now()), ...place, tenant_id: held.tenant_id, batch_id: batch },
				...{ kind: 'outage', from_at: 0, until_at: 3600_000, state: 'found', note: null },
				...{ found_at: 0, repaired_at: null, ...gap },
			})
			.execute();
		for (const repair of repairs) {
			await db
				.insertInto('gap_repairs')
				.values({
					...{ id: newId(Date.now()), ...place, tenant_id: held.tenant_id, batch_id: batch ?? '' },
					...{ entity: 'contact', since: 0, position: null, status: 'succeeded', error: null },
					...{ waiting_for: null, started_at: 0, finished_at: 1, next_at: 4e12, ...repair },
					...{ lease_id: null, lease_until: null },
				})
				.execute();
		}
	} finally {
		await close();
	}
}
