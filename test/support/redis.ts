import { Redis } from 'ioredis';
import { debianTool } from './debianTool';
import { eventually } from './eventually';
import { freePort } from './freePort';
import { startProcess } from './processes';
import { temporaryFolder } from './temporaryFolder';

export interface RunningRedis {
	readonly url: string;
	readonly port: number;
	/** One command, on a connection of its own. */
	ask(command: string, ...args: readonly string[]): Promise<unknown>;
	/** Every command from now on, with its arguments, until `stop`. */
	watch(): Promise<{ readonly commands: readonly string[][]; stop(): void }>;
	/** SIGSTOP: connections stay open and nothing answers. */
	freeze(): void;
	/** SIGCONT. */
	thaw(): void;
	/** SIGKILL: it keeps nothing. */
	kill(): Promise<void>;
}

/**
 * A private Redis on 127.0.0.1 that keeps nothing. It ends with the test file at the latest.
 *
 * @param settings of `redis-server`, such as `['--requirepass', 'x']`
 * @throws Error that says what to install where it is missing
 */
export async function startRedis({
	port,
	settings = [],
	password,
}: {
	/** For one that comes back where it was. Default: a free one. */
	readonly port?: number;
	readonly settings?: readonly string[];
	readonly password?: string;
} = {}): Promise<RunningRedis> {
	const command = debianTool('redis-server');
	const at = port ?? (await freePort());
	const folder = temporaryFolder();
	const server = startProcess({
		name: 'redis-server',
		command,
		args: [
			...['--port', String(at), '--bind', '127.0.0.1', '--dir', folder.path],
			...['--save', '', '--appendonly', 'no'],
			...(password === undefined ? [] : ['--requirepass', password]),
			...settings,
		],
	});
	void server.ended.finally(() => folder.remove()).catch(() => undefined);
	const url = `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${at}`;
	const connect = async (): Promise<Redis> => {
		const client = new Redis(url, {
			lazyConnect: true,
			retryStrategy: () => null,
			// Its INFO would meet the answers of a MONITOR.
			enableReadyCheck: false,
		});
		client.on('error', () => undefined);
		await client.connect();
		return client;
	};
	const ask = async (name: string, ...args: readonly string[]) => {
		const client = await connect();
		try {
			return await client.call(name, ...args);
		} finally {
			client.disconnect();
		}
	};
	await eventually(
		'Redis to answer',
		() =>
			ask('PING').then(
				() => true,
				() => undefined,
			),
		{ intervalMs: 20 },
	);
	return {
		url,
		port: at,
		ask,
		async watch() {
			const client = await connect();
			const monitor = await client.monitor();
			client.disconnect();
			monitor.on('error', () => undefined);
			const commands: string[][] = [];
			monitor.on('monitor', (_time: string, args: string[]) => commands.push(args));
			return { commands, stop: () => monitor.disconnect() };
		},
		freeze: () => void process.kill(server.pid, 'SIGSTOP'),
		thaw: () => void process.kill(server.pid, 'SIGCONT'),
		kill: () => server.kill(),
	};
}
