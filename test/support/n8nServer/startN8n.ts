import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../freePort';
import { nodeBinary } from '../nodeBinary';
import type { StartedProcess } from '../processes';
import { startProcess } from '../processes';
import { createN8nClient } from './n8nClient';
import type { N8nClient } from './n8nClient';
import { installN8n } from './installN8n';
import { installPack } from './installPack';

export interface RunningN8n {
	/** Without a trailing slash. */
	readonly url: string;
	/** Logged in as the owner. */
	readonly client: N8nClient;
	readonly process: StartedProcess;
	/** Where workflows may read and write files, once somebody has made it. */
	readonly filesFolder: string;
	/** Starts it again as it was, after it was killed or stopped by its process. */
	startAgain(): Promise<void>;
	/** Stops the server and removes its folder. */
	stop(): Promise<void>;
}

export interface StartN8nOptions {
	/** An empty PostgreSQL database, or a copy of another n8n's. */
	readonly databaseUrl: string;
	/** Its owner is there already, and so is its encryption key. */
	readonly isCopy?: boolean;
	/** Packed community packages to load, by package name. */
	readonly packs?: Readonly<Record<string, string>>;
	/** How long each thing it is waited for may take. Default: two minutes for its start, 30 s for the rest. */
	readonly patienceMs?: number;
	/** Further settings. */
	readonly env?: Readonly<Record<string, string>>;
}

const WITHOUT_SQLITE = join(__dirname, 'withoutSqlite.cjs');

/** Starts a full n8n with its editor on a free port of 127.0.0.1, with an owner, and nothing that calls home. */
export async function startN8n(options: StartN8nOptions): Promise<RunningN8n> {
	const script = await installN8n();
	const userFolder = mkdtempSync(join(tmpdir(), 'xero-hub-n8n-'));
	mkdirSync(join(userFolder, '.n8n', 'nodes', 'node_modules'), { recursive: true });
	for (const [name, tarball] of Object.entries(options.packs ?? {})) {
		await installPack(tarball, name, userFolder);
	}

	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const env = {
		...settings(userFolder, port, await freePort()),
		...databaseSettings(new URL(options.databaseUrl)),
		...options.env,
	};
	const args = ['--require', WITHOUT_SQLITE, script, 'start'];
	const start = () =>
		startProcess({ name: 'n8n', command: nodeBinary, args, cwd: userFolder, env });
	let server = start();
	const untilReady = () =>
		// Until the REST routes are mounted, n8n answers 200 with a page that says it is starting.
		server.untilServing(`${url}/rest/settings`, {
			timeoutMs: options.patienceMs ?? 120_000,
			isReady: ({ headers }) => headers.get('content-type')?.includes('json') === true,
		});
	const stop = async () => {
		await server.stop();
		rmSync(userFolder, { recursive: true, force: true });
	};
	try {
		await untilReady();
		const client = createN8nClient(url, options.patienceMs);
		if (options.isCopy === true) await client.signIn();
		else await client.setUpOwner();
		return {
			url,
			client,
			filesFolder: join(userFolder, '.n8n-files'),
			get process() {
				return server;
			},
			async startAgain() {
				await server.ended;
				server = start();
				await untilReady();
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

function settings(userFolder: string, port: number, brokerPort: number): Record<string, string> {
	const url = `http://127.0.0.1:${port}/`;
	return {
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		// A copy of the database is of use to nobody without it.
		N8N_ENCRYPTION_KEY: 'only-for-tests-0123456789abcdef',
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		N8N_EDITOR_BASE_URL: url,
		N8N_WEBHOOK_URL: url,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_PYTHON_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		GENERIC_TIMEZONE: 'UTC',
	};
}

function databaseSettings(url: URL): Record<string, string> {
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: url.hostname,
		DB_POSTGRESDB_PORT: url.port,
		DB_POSTGRESDB_USER: url.username,
		DB_POSTGRESDB_PASSWORD: url.password,
		DB_POSTGRESDB_DATABASE: url.pathname.slice(1),
	};
}
