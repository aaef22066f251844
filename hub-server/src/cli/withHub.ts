import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../config/Config';
import { loadConfig } from '../config/loadConfig';
import { ledgerFile } from '../database/ledgerFile';
import { connectDatabase } from '../database/openDatabase';
import type { Stores } from '../hub/openStores';
import { CommandError } from './CommandError';
import { withStores } from './withStores';

/**
 * Runs a command on a hub that is there. A command in the wrong folder would otherwise make another hub, with a key of its
 * own, and answer as if it were the one that was meant.
 *
 * @throws CommandError `no_hub` when no hub was ever made with these settings
 */
export async function withHub<T>(
	env: NodeJS.ProcessEnv,
	command: (stores: Stores, config: Config) => Promise<T>,
): Promise<T> {
	const config = loadConfig(env);
	await requireHub(config);
	return await withStores(env, command);
}

/** @throws CommandError `no_hub` */
export async function requireHub(config: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<void> {
	if (await isHubThere(config)) return;
	const where =
		config.databaseUrl === undefined
			? `in ${resolve(config.dataDir)}`
			: 'in the database that DATABASE_URL names';
	const settings = config.databaseUrl === undefined ? 'HUB_DATA_DIR' : 'DATABASE_URL';
	throw new CommandError(
		'no_hub',
		`There is no hub ${where}, and this command makes none.`,
		`Run it with the hub's own ${settings}, and in its folder or container. For a new hub, start xero-hub serve first.`,
	);
}

/** Long enough for any server that works. */
const CONNECT_TIMEOUT_MS = 10_000;

async function isHubThere(config: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<boolean> {
	if (config.databaseUrl === undefined) return existsSync(ledgerFile(config));
	const { db, close } = connectDatabase(config, CONNECT_TIMEOUT_MS);
	try {
		return (await db.introspection.getTables()).some(({ name }) => name === 'workspaces');
	} finally {
		await close();
	}
}
