import { loadConfig } from '../../hub-server/src/config/loadConfig';
import type { Engine } from '../../hub-server/src/database/engine';
import { startHub, type Hub } from '../../hub-server/src/hub/startHub';
import type { Log } from '../../hub-server/src/Log';
import { freshPostgresLedger, putSqliteLedger } from './freshLedger';
import { temporaryFolder } from './temporaryFolder';

export interface TestHub {
	/** The one that runs now. */
	readonly hub: Hub;
	readonly adminKey: string;
	/** Where SQLite's ledger is. */
	readonly dataDir: string;
	/** Undefined on SQLite. */
	readonly databaseUrl: string | undefined;
	/** What it told its operator, as JSON lines. */
	readonly logLines: readonly string[];
	/** One call of the API, as the operator unless another key is given; `null` shows none. */
	call(method: string, path: string, body?: unknown, key?: string | null): Promise<TestHubReply>;
	/** Cuts off what is under way, and starts again on the same ledger. */
	restart(): Promise<void>;
	close(): Promise<void>;
}

export interface TestHubReply {
	readonly status: number;
	readonly headers: Headers;
	/** What the JSON says; undefined for an empty answer. */
	readonly body: ReturnType<typeof JSON.parse>;
}

const ADMIN_KEY = 'xha_only-for-tests-0123456789';

export interface TestHubOptions {
	/** Default: sqlite. */
	readonly engine?: Engine;
	readonly env?: Readonly<Record<string, string>>;
	/** Default: the machine's clock. */
	readonly now?: () => number;
}

/** The hub inside the test's own process, on a free port and an empty ledger. */
export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
	const folder = temporaryFolder();
	const postgres = options.engine === 'postgres' ? await freshPostgresLedger() : undefined;
	if (postgres === undefined) await putSqliteLedger(folder.path);
	const removeAll = async () => {
		await postgres?.drop();
		folder.remove();
	};
	const logLines: string[] = [];
	const write = (detail: object, text: string) => {
		logLines.push(JSON.stringify({ ...detail, text }));
	};
	const log: Log = { info: write, warn: write, error: write };
	const config = loadConfig({
		HUB_PORT: '0',
		HUB_DATA_DIR: folder.path,
		HUB_ADMIN_KEY: ADMIN_KEY,
		HUB_PUBLIC_URL: 'http://localhost:8787',
		// It would call Xero by itself, beside what a test looks at.
		HUB_SYNC: 'off',
		...(postgres && {
			DATABASE_URL: postgres.url,
			HUB_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
		}),
		...options.env,
	});
	const start = () =>
		startHub(config, {
			log,
			now: options.now ?? Date.now,
			uptime: () => performance.now(),
			random: Math.random,
		});
	let hub = await start().catch(async (cause: unknown) => {
		await removeAll();
		throw cause;
	});

	return {
		get hub() {
			return hub;
		},
		adminKey: ADMIN_KEY,
		dataDir: folder.path,
		databaseUrl: postgres?.url,
		logLines,
		async call(method, path, body, key = ADMIN_KEY) {
			const response = await fetch(hub.url + path, {
				method,
				headers: {
					...(key === null ? {} : { authorization: `Bearer ${key}` }),
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				...(body === undefined
					? {}
					: { body: typeof body === 'string' ? body : JSON.stringify(body) }),
			});
			const text = await response.text();
			const isJson = /json/.test(response.headers.get('content-type') ?? '');
			return {
				status: response.status,
				headers: response.headers,
				body: text === '' ? undefined : isJson ? JSON.parse(text) : text,
			};
		},
		async restart() {
			await hub.stop(AbortSignal.abort());
			hub = await start();
		},
		async close() {
			await hub.stop();
			await removeAll();
		},
	};
}
