import type { Config } from '../config/Config';
import { loadConfig } from '../config/loadConfig';
import { openStores, type Stores } from '../hub/openStores';

/** Runs a command on the ledger, beside a running hub or without one, and closes it again. Makes the ledger where there is none. */
export async function withStores<T>(
	env: NodeJS.ProcessEnv,
	command: (stores: Stores, config: Config) => Promise<T>,
): Promise<T> {
	const config = loadConfig(env);
	const stores = await openStores(config, {
		now: Date.now,
		onKeyFileCreated: (path) =>
			process.stderr.write(
				`Made the encryption key ${path}. Back it up: without it the ledger's secrets are lost.\n`,
			),
	});
	try {
		return await command(stores, config);
	} finally {
		await stores.database.close();
	}
}
