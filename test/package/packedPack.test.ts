import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packTarball } from '../support/packTarball';

interface Manifest {
	readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
}

type Icon = string | { readonly light: string; readonly dark: string };

/** What the loading script prints of each class that n8n would register. */
interface Loaded {
	readonly file: string;
	readonly kind: 'node' | 'credential';
	readonly name: string;
	readonly displayName: string;
	readonly icon?: Icon;
}

const LOAD = `
const { basename, join } = require('node:path');
const manifest = require(join(process.argv[1], 'package.json'));
const load = (kind, pick) => (file) => {
	const Class = require(join(process.argv[1], file))[basename(file).split('.')[0]];
	const { name, displayName, icon } = pick(new Class());
	return { file, kind, name, displayName, icon };
};
console.log(JSON.stringify([
	...manifest.n8n.nodes.map(load('node', (node) => node.description)),
	...manifest.n8n.credentials.map(load('credential', (credential) => credential)),
]));
`;

describe('the packed pack', () => {
	let folder: string;
	let pack: string;
	let files: readonly string[];

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'xero-hub-pack-'));
		const tarball = await packTarball(folder);
		pack = join(folder, 'node_modules', 'n8n-nodes-xero-hub');
		mkdirSync(pack, { recursive: true });
		execFileSync('tar', ['-xzf', tarball, '-C', pack, '--strip-components=1']);
		files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
			.trim()
			.split('\n')
			.map((path) => path.replace(/^package\//, ''));
		symlinkSync(
			dirname(require.resolve('n8n-workflow/package.json')),
			join(folder, 'node_modules', 'n8n-workflow'),
		);
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	const manifest = () => JSON.parse(readFileSync(join(pack, 'package.json'), 'utf8')) as Manifest;
	const runNode = (script: string) =>
		spawnSync(process.execPath, ['-e', script, pack], { cwd: pack, encoding: 'utf8', env: {} });
	const loadAll = () => JSON.parse(runNode(LOAD).stdout) as readonly Loaded[];

	it('holds the built nodes, what they import and the papers, and nothing else', () => {
		const outside = files.filter(
			(path) =>
				!/^(package\.json|README\.md|LICENSE)$/.test(path) &&
				!/^dist\/(nodes|credentials|hub-server\/protocol|icons)\//.test(path),
		);

		expect(outside).toEqual([]);
		expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
	});

	it('holds no tests and no sources', () => {
		const sources = files.filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'));

		expect(sources).toEqual([]);
		expect(files.filter((path) => /(^|[./])(tests?|spec)[./]/.test(path))).toEqual([]);
	});

	it('loads every node and credential with nothing but n8n-workflow beside it', () => {
		const { stderr, status } = runNode(LOAD);

		expect(stderr).toBe('');
		expect(status).toBe(0);
		expect(loadAll().map(({ file }) => file)).toEqual([
			...manifest().n8n.nodes,
			...manifest().n8n.credentials,
		]);
	});

	it('is loaded where our development dependencies cannot be found', () => {
		const { stderr, status } = runNode(`require('zod')`);

		expect(stderr).toMatch(/Cannot find module 'zod'/);
		expect(status).not.toBe(0);
	});

	it('shows every node and credential with an icon that is in the pack', () => {
		for (const { file, name, displayName, icon } of loadAll()) {
			expect({ name, displayName }).toEqual({
				name: expect.stringMatching(/^[a-z][A-Za-z0-9]+$/),
				displayName: expect.stringMatching(/Xero/),
			});
			for (const path of typeof icon === 'object' ? [icon.light, icon.dark] : [icon]) {
				expect(path).toMatch(/^file:/);
				expect(files).toContain(join(dirname(file), String(path).replace(/^file:/, '')));
			}
		}
	});

	it('tells n8n where to list each node', () => {
		for (const node of manifest().n8n.nodes) {
			expect(files).toContain(node.replace(/\.js$/, '.json'));
		}
	});

	it("takes no credential name of n8n's own, which n8n knows by bare name", () => {
		const names = loadAll()
			.filter(({ kind }) => kind === 'credential')
			.map(({ name }) => name);

		expect(names).not.toContain('xeroOAuth2Api');
		expect(new Set(names).size).toBe(names.length);
	});
});
