import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packTarball } from '../support/packTarball';
import { repositoryRoot } from '../support/repositoryRoot';
import { temporaryFolder } from '../support/temporaryFolder';

/**
 * n8n's scanner fetches a published pack by name. What it does with the source and the tarball it then
 * holds is one function, called here with ours. It is an ES module: a Node of its own loads it.
 */
const SCAN = `
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
const [folder, part] = process.argv.slice(1);
const patterns = { source: SOURCE_FILE_PATTERNS, tarball: ['**/*.js', 'package.json'] };
console.log(JSON.stringify(await analyzePackage(folder, patterns[part])));
`;

function scan(folder: string, part: 'source' | 'tarball') {
	const { stdout, stderr } = spawnSync(
		process.execPath,
		['--input-type=module', '--eval', SCAN, folder, part],
		// Under NODE_ENV=test, as Jest sets it, n8n's rules take every file for one of their own fixtures.
		{ cwd: repositoryRoot, env: { ...process.env, NODE_ENV: '' }, encoding: 'utf8' },
	);
	if (stdout === '') throw new Error(stderr);
	return JSON.parse(stdout) as { readonly passed: boolean; readonly details?: string };
}

describe("n8n's community scanner", () => {
	let folder: ReturnType<typeof temporaryFolder>;
	beforeEach(() => (folder = temporaryFolder()));
	afterEach(() => folder.remove());

	it('passes the sources of nodes and credentials', () => {
		expect(scan(repositoryRoot, 'source')).toEqual({ passed: true });
	}, 60_000);

	it('passes the pack as it would be published', async () => {
		execFileSync('tar', ['-xzf', await packTarball(folder.path), '-C', folder.path]);

		expect(scan(join(folder.path, 'package'), 'tarball')).toEqual({ passed: true });
	}, 60_000);

	it('is not talked out of a rule by a comment, as a linter is', () => {
		const file = join(folder.path, 'nodes', 'Home', 'Home.ts');
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, '/* eslint-disable */\nexport const home = process.env.HOME;\n');

		const { passed, details } = scan(folder.path, 'source');

		expect(passed).toBe(false);
		expect(details).toMatch(/no-restricted-globals/);
	}, 60_000);
});
