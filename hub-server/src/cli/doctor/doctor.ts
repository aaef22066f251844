import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../clock';
import type { Config } from '../../config/Config';
import { InvalidConfigError, loadConfig } from '../../config/loadConfig';
import { connectDatabase } from '../../database/openDatabase';
import type { KeyRing } from '../../secrets/keyRing';
import { createApiKeyStore } from '../../workspaces/apiKeyStore';
import { createWorkspaceStore } from '../../workspaces/workspaceStore';
import { checkClock, XERO } from './checkClock';
import { checkDataDir } from './checkDataDir';
import { checkKey } from './checkKey';
import { checkLedger } from './checkLedger';
import { checkOldRights } from './checkOldRights';
import { checkPublicUrl } from './checkPublicUrl';
import { checkRedis } from './checkRedis';
import { checkRestored } from './checkRestored';
import { checkWorkspaces } from './checkWorkspaces';
import { ok, warning, wrong, type Finding } from './Finding';

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
	const [xero, publicUrl, redis] = await Promise.all([
		checkClock(config.xero.identity, clock),
		checkPublicUrl(config.publicUrl),
		checkRedis(config),
	]);
	const isXeroThere = xero.every(({ check, verdict }) => check !== XERO || verdict === 'ok');
	return [
		ok('configuration', 'Every setting can be read.'),
		...(config.databaseUrl === undefined ? [checkDataDir(config)] : []),
		key.finding,
		...xero,
		publicUrl,
		...redis,
		...(key.keyRing ? await checkInside(config, key.keyRing, isXeroThere, clock) : []),
	];
}

/** Long enough for any server that works; a firewall may swallow the question for minutes. */
const CONNECT_TIMEOUT_MS = 10_000;

async function checkInside(
	config: Config,
	keyRing: KeyRing,
	isXeroThere: boolean,
	clock: Clock,
): Promise<readonly Finding[]> {
	if (config.databaseUrl === undefined && !existsSync(join(config.dataDir, 'hub.sqlite'))) {
		return [ok('ledger', 'None yet: the first start makes it.')];
	}
	const database = connectDatabase(config, CONNECT_TIMEOUT_MS);
	try {
		const ledger = await checkLedger(database, keyRing);
		if (ledger.some(({ verdict }) => verdict === 'wrong')) return ledger;
		const restored = await checkRestored(database, clock);
		const { db } = database;
		const old = await checkOldRights({
			workspaces: createWorkspaceStore({ db, now: clock }),
			apiKeys: createApiKeyStore({ db, now: clock }),
			publicUrl: config.publicUrl,
		});
		if (!isXeroThere) {
			const todo = 'Make Xero reachable, then ask again.';
			return [
				...ledger,
				...restored,
				...old,
				warning('workspaces', 'Not looked at: Xero cannot be asked.', todo),
			];
		}
		return [
			...ledger,
			...restored,
			...old,
			...(await checkWorkspaces(config, database, keyRing, clock)),
		];
	} finally {
		await database.close();
	}
}
