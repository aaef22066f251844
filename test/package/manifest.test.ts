import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repositoryRoot';

const read = (file: string): unknown =>
	JSON.parse(readFileSync(join(repositoryRoot, file), 'utf8')) as unknown;

/** npm runs these on the machine of whoever installs the pack. */
const INSTALL_SCRIPTS = [
	'preinstall',
	'install',
	'postinstall',
	'preprepare',
	'prepare',
	'postprepare',
	'prepublish',
];

describe('package.json of the pack', () => {
	const manifest = read('package.json') as Readonly<Record<string, unknown>>;

	it('asks for nothing but n8n-workflow', () => {
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest).not.toHaveProperty('optionalDependencies');
		expect(manifest).not.toHaveProperty('bundledDependencies');
		expect(manifest).not.toHaveProperty('overrides');
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('runs nothing on the machine it is installed on', () => {
		const scripts = Object.keys(manifest.scripts as object);

		expect(scripts.filter((name) => INSTALL_SCRIPTS.includes(name))).toEqual([]);
	});

	it('is found by n8n, and says who stands behind it', () => {
		expect(manifest.name).toMatch(/^n8n-nodes-/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest).toMatchObject({
			homepage: expect.stringMatching(/^https:/),
			repository: { url: expect.stringMatching(/^git\+https:/) },
			author: { name: expect.any(String), email: expect.stringMatching(/@/) },
		});
	});
});

describe('package-lock.json', () => {
	it('names no registry, so that everyone installs from their own', () => {
		const { packages } = read('package-lock.json') as {
			readonly packages: Readonly<Record<string, { readonly resolved?: string; link?: boolean }>>;
		};
		const elsewhere = Object.entries(packages).filter(
			([, { resolved, link }]) => resolved !== undefined && link !== true,
		);

		expect(elsewhere).toEqual([]);
	});
});
