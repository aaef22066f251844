import { newId } from '../../../hub-server/src/database/newId';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import type { Tables } from '../../../hub-server/src/database/tables';
import type { StartedPortal } from './startPortal';

/**
 * Writes a run into the ledger, as one that takes long or went wrong would have left it; it is the stream's last.
 *
 * @param total given: it is under way, and its list has so many records
 */
export async function putRun(
	{ hub }: Pick<StartedPortal, 'hub'>,
	entity: string,
	run: Partial<Tables['sync_runs']>,
	total?: number,
): Promise<void> {
	const { db, close } = connectDatabase({ dataDir: hub.dataDir });
	try {
		const at = Date.now();
		const stream = await db
			.selectFrom('sync_streams')
			.select('id')
			.where('entity', '=', entity)
			.executeTakeFirstOrThrow();
		const id = newId(at);
		await db
			.insertInto('sync_runs')
			.values({
				...{ id, stream_id: stream.id, kind: 'delta', is_baseline: 0, status: 'failed' },
				...{ waiting_for: null, resumes_at: null, started_at: at, finished_at: at },
				...{ calls: 1, bytes: 1, seen: 0, changed: 0, deleted: 0, missing: null, error: null },
				...run,
			})
			.execute();
		if (total === undefined) return;
		const position = { phase: 'list', at: { page: 14 }, total };
		await db
			.updateTable('sync_streams')
			.set({ run_id: id, position: JSON.stringify(position), next_at: at + 3_600_000 })
			.where('id', '=', stream.id)
			.execute();
	} finally {
		await close();
	}
}
