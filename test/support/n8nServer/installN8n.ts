import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeBinary } from '../nodeBinary';
import { withLockFile } from '../withLockFile';

/** The newest whose dependencies are all in the registry. */
export const N8N_VERSION = '2.41.1';

/** Installs n8n in half a minute; npm takes six. */
const PNPM_VERSION = '12';

/** What runs npm and pnpm, and says line by line what they say. */
export type RunTool = (
	command: string,
	args: readonly string[],
	cwd: string,
	say: (line: string) => void,
) => Promise<void>;

export interface InstallN8nOptions {
	/** Where it is installed. Default: `N8N_CACHE_DIR`, else `n8n-nodes-xero-hub` in the user's cache folder. */
	readonly cache?: string;
	/** Told what is being done, again and again. */
	readonly say?: (what: string) => void;
	/** Ends npm and pnpm when aborted. */
	readonly signal?: AbortSignal | undefined;
	readonly run?: RunTool;
}

/**
 * Installs a full n8n outside the repository, once per machine, and returns its start script.
 *
 * The folder appears by one rename when it is complete, so an interrupted install leaves nothing that
 * looks like n8n. What was downloaded by then is kept beside it, and the next install goes on from there.
 * A folder without the start script is half an install, and is made again. Processes that ask at the same
 * moment wait for the first of them. No install script runs: what they would build (SQLite, Kafka) a
 * server on PostgreSQL does without.
 *
 * It may take as long as it takes, since a slow machine is not a broken one; only silence ends it.
 *
 * @throws where npm or pnpm fails: what they said last, and what to do
 */
export async function installN8n(options: InstallN8nOptions = {}): Promise<string> {
	const { cache = usualCache(), say = () => undefined, signal } = options;
	const run = options.run ?? toolRunner(signal);
	const home = join(cache, `n8n-${N8N_VERSION}`);
	const script = join(home, 'node_modules', 'n8n', 'bin', 'n8n');
	if (existsSync(script)) return script;

	mkdirSync(cache, { recursive: true });
	say(`another process to finish its install (${home}.lock)`);
	const install = async () => {
		if (!existsSync(script)) await installInto(home, run, say);
	};
	await withLockFile(`${home}.lock`, install, signal);
	return script;
}

function usualCache(): string {
	const { N8N_CACHE_DIR, XDG_CACHE_HOME = join(homedir(), '.cache') } = process.env;
	return N8N_CACHE_DIR ?? join(XDG_CACHE_HOME, 'n8n-nodes-xero-hub');
}

async function installInto(home: string, run: RunTool, say: (what: string) => void): Promise<void> {
	const staging = `${home}.installing`;
	const downloads = `${home}.downloads`;
	const tool = join(staging, 'tool');
	rmSync(staging, { recursive: true, force: true });
	mkdirSync(tool, { recursive: true });
	const step = async (what: string, command: string, args: readonly string[], cwd: string) => {
		say(what);
		try {
			await run(command, args, cwd, (line) => say(`${what}: ${line}`));
		} catch (cause) {
			throw new Error(
				`Waiting for ${what} failed: ${cause instanceof Error ? cause.message : String(cause)}\nWhat was downloaded is kept in ${downloads}: run the command again to go on from there. To begin anew, delete that folder first.`,
				{ cause },
			);
		}
	};

	writeFileSync(join(tool, 'package.json'), '{"private":true}');
	const pnpm = ['install', `pnpm@${PNPM_VERSION}`, '--no-audit', '--no-fund'];
	await step(`npm to fetch pnpm ${PNPM_VERSION}`, 'npm', pnpm, tool);

	writeFileSync(join(staging, 'package.json'), '{"name":"n8n-host","private":true}');
	// n8n expects the flat tree that npm makes.
	writeFileSync(join(staging, 'pnpm-workspace.yaml'), 'packages: ["."]\nnodeLinker: hoisted\n');
	await step(
		`pnpm to download n8n ${N8N_VERSION}`,
		join(tool, 'node_modules', '.bin', 'pnpm'),
		[
			...['add', '-w', '-E', `n8n@${N8N_VERSION}`, '--ignore-scripts'],
			...['--store-dir', downloads, '--reporter', 'append-only'],
		],
		staging,
	);
	rmSync(tool, { recursive: true });
	rmSync(home, { recursive: true, force: true });
	renameSync(staging, home);
	rmSync(downloads, { recursive: true, force: true });
}

/** npm and pnpm ask again for what does not come, and say so; a minute or two is usual on a bad line. */
const SILENCE_MS = 10 * 60_000;

/** Enough of a failure's last words to see why. */
const LAST_WORDS = 12;

function toolRunner(signal: AbortSignal | undefined): RunTool {
	return async (command, args, cwd, say) => {
		const PATH = `${dirname(nodeBinary)}:${process.env['PATH'] ?? ''}`;
		const child = spawn(command, args, {
			...{ cwd, env: { ...process.env, PATH }, signal },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const silent = setTimeout(() => child.kill(), SILENCE_MS);
		const last: string[] = [];
		for (const stream of [child.stdout, child.stderr]) {
			createInterface({ input: stream }).on('line', (line) => {
				silent.refresh();
				if (line.trim() === '') return;
				last.push(line.trim());
				last.splice(0, last.length - LAST_WORDS);
				say(line.trim());
			});
		}
		const closed = once(child, 'close').finally(() => clearTimeout(silent));
		const [code, by] = (await closed) as [number | null, NodeJS.Signals | null];
		if (code !== 0) throw new Error(`it ended with ${code ?? by}:\n${last.join('\n')}`);
	};
}
