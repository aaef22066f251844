import { join } from 'node:path';
import { freePort } from './freePort';
import { nodeBinary } from './nodeBinary';
import type { StartedProcess } from './processes';
import { startProcess } from './processes';
import { repositoryRoot } from './repositoryRoot';

export interface HubProcess {
	/** Where it listens; without a trailing slash. */
	readonly url: string;
	readonly adminKey: string;
	readonly process: StartedProcess;
	/** Calls the API, as the operator unless another key is given. */
	call(method: string, path: string, body?: unknown, key?: string): Promise<HubReply>;
}

export interface HubReply {
	readonly status: number;
	/** What the JSON says. */
	readonly body: ReturnType<typeof JSON.parse>;
}

export interface HubProcessOptions {
	/** Where SQLite, the key file and the lock are. */
	readonly dataDir: string;
	/** Further settings, which win. */
	readonly env?: Readonly<Record<string, string>>;
	/** Before the script, such as `--require`. */
	readonly nodeArgs?: readonly string[];
	/** A command to run it under, such as a tracer. */
	readonly under?: readonly string[];
	/** For a hub that comes back where it was. Default: a free one. */
	readonly port?: number;
}

export const XERO_HUB = join(repositoryRoot, 'hub-server', 'bin', 'xero-hub.js');

const ADMIN_KEY = 'xha_only-for-tests-0123456789';

/** The built hub, as a process of its own, once it is ready. */
export async function startHubProcess(options: HubProcessOptions): Promise<HubProcess> {
	const { dataDir, env = {}, nodeArgs = [], under = [], port = await freePort() } = options;
	const [command = nodeBinary, ...args] = [...under, nodeBinary, ...nodeArgs, XERO_HUB, 'serve'];
	const hub = startProcess({
		name: 'xero-hub serve',
		command,
		args,
		env: {
			HUB_PORT: String(port),
			HUB_PUBLIC_URL: `http://localhost:${port}`,
			HUB_DATA_DIR: dataDir,
			HUB_ADMIN_KEY: ADMIN_KEY,
			// It would call Xero by itself, beside what a test looks at.
			HUB_SYNC: 'off',
			...env,
		},
	});
	const url = `http://127.0.0.1:${port}`;
	try {
		await hub.untilServing(`${url}/readyz`);
	} catch (error) {
		await hub.stop();
		throw error;
	}

	return {
		url,
		adminKey: ADMIN_KEY,
		process: hub,
		async call(method, path, body, key = ADMIN_KEY) {
			const response = await fetch(`${url}${path}`, {
				method,
				headers: {
					authorization: `Bearer ${key}`,
					accept: 'application/json',
					...(body !== undefined && { 'content-type': 'application/json' }),
				},
				...(body !== undefined && { body: JSON.stringify(body) }),
			});
			const text = await response.text();
			return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
		},
	};
}
