import { join } from 'node:path';

/** SQLite's ledger of a hub without `DATABASE_URL`. */
export function ledgerFile({ dataDir }: { readonly dataDir: string }): string {
	return join(dataDir, 'hub.sqlite');
}
