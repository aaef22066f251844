import type { Config } from '../config/Config';
import { loadConfig } from '../config/loadConfig';
import { openStores, type Stores } from '../hub/openStores';

/** Runs a command on the ledger, beside a running hub or without one, and closes it again. */
export async function withStores(
	env: NodeJS.ProcessEnv,
	command: (stores: Stores, config: Config) => Promise<void>,
): Promise<void> {
	const config = loadConfig(env);
	const stores = await openStores(config, {
		now: Date.now,
		onKeyFileCreated: (path) =>
			process.stderr.write(
				`Made the encryption key ${path}. Back it up: without it the ledger's secrets are lost.\n`,
			),
	});
	try {
		await command(stores, config);
	} finally {
		await stores.database.close();
	}
}
