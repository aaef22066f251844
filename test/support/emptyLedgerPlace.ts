import { freshPostgresDatabase } from './freshDatabase';
import type { ENGINES } from './freshLedger';
import type { LedgerPlace } from './ledgerDump';
import { temporaryFolder } from './temporaryFolder';

/** Where no ledger is yet: an empty folder, or an empty database. */
export async function emptyLedgerPlace(
	engine: (typeof ENGINES)[number],
): Promise<{ readonly place: LedgerPlace; remove(): Promise<void> }> {
	if (engine === 'postgres') {
		const { url, drop } = await freshPostgresDatabase();
		return { place: { databaseUrl: url }, remove: drop };
	}
	const folder = temporaryFolder();
	return { place: { dataDir: folder.path }, remove: async () => folder.remove() };
}
