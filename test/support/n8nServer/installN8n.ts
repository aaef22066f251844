import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { nodeBinary } from '../nodeBinary';
import { withLockFile } from '../withLockFile';

/** The newest whose dependencies are all in the registry. */
export const N8N_VERSION = '2.41.1';

/** Installs n8n in half a minute; npm takes six. */
const PNPM_VERSION = '12';

const INSTALL_TIMEOUT_MS = 15 * 60_000;

/**
 * Installs a full n8n outside the repository, once per machine, and returns its start script.
 *
 * The folder appears by one rename when it is complete, so an interrupted install leaves nothing that
 * looks like n8n. Processes that ask at the same moment wait for the first of them. No install script
 * runs: what they would build (SQLite, Kafka) a server on PostgreSQL does without.
 *
 * `N8N_CACHE_DIR` moves the cache; its default is `n8n-nodes-xero-hub` in the user's cache folder.
 */
export async function installN8n(): Promise<string> {
	const cache =
		process.env.N8N_CACHE_DIR ??
		join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'n8n-nodes-xero-hub');
	const home = join(cache, `n8n-${N8N_VERSION}`);
	const script = join(home, 'node_modules', 'n8n', 'bin', 'n8n');
	if (existsSync(home)) return script;

	mkdirSync(cache, { recursive: true });
	await withLockFile(`${home}.lock`, async () => {
		if (!existsSync(home)) await installInto(home);
	});
	return script;
}

async function installInto(home: string): Promise<void> {
	const staging = `${home}.installing`;
	const tool = join(staging, 'tool');
	const store = join(staging, 'store');
	rmSync(staging, { recursive: true, force: true });
	mkdirSync(tool, { recursive: true });
	writeFileSync(join(tool, 'package.json'), '{"private":true}');
	await run('npm', ['install', `pnpm@${PNPM_VERSION}`, '--no-audit', '--no-fund'], tool);

	writeFileSync(join(staging, 'package.json'), '{"name":"n8n-host","private":true}');
	// n8n expects the flat tree that npm makes.
	writeFileSync(join(staging, 'pnpm-workspace.yaml'), 'packages: ["."]\nnodeLinker: hoisted\n');
	await run(
		join(tool, 'node_modules', '.bin', 'pnpm'),
		['add', '-w', '-E', `n8n@${N8N_VERSION}`, '--ignore-scripts', '--store-dir', store],
		staging,
	);
	for (const used of [tool, store]) rmSync(used, { recursive: true });
	renameSync(staging, home);
}

async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
	const PATH = `${dirname(nodeBinary)}:${process.env.PATH ?? ''}`;
	await promisify(execFile)(command, args, {
		cwd,
		env: { ...process.env, PATH },
		timeout: INSTALL_TIMEOUT_MS,
		maxBuffer: 64 * 1024 * 1024,
	});
}
