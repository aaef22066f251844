import { sql, type Kysely } from 'kysely';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';

/** What the ledger takes on its disk, in bytes. */
export interface LedgerSize {
	readonly total: number;
	/** Of it: pages that are empty and used again before the file grows. PostgreSQL does not tell. */
	readonly free: number | undefined;
}

export type ReadLedgerSize = () => Promise<LedgerSize>;

/** Asks the engine's own accounts; no row is counted. */
export function createReadLedgerSize(db: Kysely<Tables>, engine: Engine): ReadLedgerSize {
	return async function readLedgerSize() {
		if (engine === 'postgres') {
			const { rows } = await sql<{
				total: number;
			}>`select pg_database_size(current_database()) as total`.execute(db);
			return { total: Number(rows[0]?.total ?? 0), free: undefined };
		}
		const { rows } = await sql<{ pages: number; free: number; size: number }>`
			select page_count as pages, freelist_count as free, page_size as size
			from pragma_page_count(), pragma_freelist_count(), pragma_page_size()`.execute(db);
		const { pages = 0, free = 0, size = 0 } = rows[0] ?? {};
		return { total: pages * size, free: free * size };
	};
}
