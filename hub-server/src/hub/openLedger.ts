import type { Config } from '../config/Config';
import { claimDataDir } from '../database/claimDataDir';
import { openStores, type OpenStoresDeps, type Stores } from './openStores';

export interface OpenLedger extends Stores {
	/** Closes the ledger, and lets another hub have the data folder. */
	close(): Promise<void>;
}

/**
 * The stores of a hub that is going to serve: an embedded ledger belongs to one hub at a time.
 *
 * @throws Error when another hub has the ledger, or its keys do not fit
 */
export async function openLedger(config: Config, deps: OpenStoresDeps): Promise<OpenLedger> {
	const release = config.databaseUrl === undefined ? claimDataDir(config.dataDir) : () => {};
	try {
		const stores = await openStores(config, deps);
		return {
			...stores,
			async close() {
				await stores.database.close();
				release();
			},
		};
	} catch (cause) {
		release();
		throw cause;
	}
}
