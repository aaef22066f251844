import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../clock';
import type { Config } from '../../config/Config';
import { InvalidConfigError, loadConfig } from '../../config/loadConfig';
import { connectDatabase } from '../../ledger/openDatabase';
import type { KeyRing } from '../../vault/keyRing';
import { checkClock } from './checkClock';
import { checkDataDir } from './checkDataDir';
import { checkKey } from './checkKey';
import { checkLedger } from './checkLedger';
import { checkPublicUrl } from './checkPublicUrl';
import { checkWorkspaces } from './checkWorkspaces';
import { ok, wrong, type Finding } from './Finding';

/**
 * Looks at everything that the hub stands on, beside a running hub or without one. It changes nothing,
 * except that it may refresh an access token as any call would.
 */
export async function doctor(
	env: Readonly<Record<string, string | undefined>>,
	clock: Clock = Date.now,
): Promise<readonly Finding[]> {
	let config: Config;
	try {
		config = loadConfig(env);
	} catch (cause) {
		if (!(cause instanceof InvalidConfigError)) throw cause;
		return cause.faults.map((fault) =>
			wrong('configuration', fault, 'hub-server/.env.example lists every setting.'),
		);
	}
	const key = checkKey(config);
	return [
		ok('configuration', 'Every setting can be read.'),
		...(config.databaseUrl === undefined ? [checkDataDir(config)] : []),
		key.finding,
		...(await checkClock(config.xero.identity, clock)),
		await checkPublicUrl(config.publicUrl),
		...(key.keyRing === undefined ? [] : await checkInside(config, key.keyRing, clock)),
	];
}

async function checkInside(
	config: Config,
	keyRing: KeyRing,
	clock: Clock,
): Promise<readonly Finding[]> {
	if (config.databaseUrl === undefined && !existsSync(join(config.dataDir, 'hub.sqlite'))) {
		return [ok('ledger', 'None yet: the first start makes it.')];
	}
	const database = connectDatabase(config);
	try {
		const ledger = await checkLedger(database, keyRing);
		if (ledger.some(({ verdict }) => verdict === 'wrong')) return ledger;
		return [...ledger, ...(await checkWorkspaces(config, database, keyRing, clock))];
	} finally {
		await database.close();
	}
}
