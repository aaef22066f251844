import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../support/repositoryRoot';

const read = (file: string) => readFileSync(join(repositoryRoot, file), 'utf8');

const WORKFLOWS = readdirSync(join(repositoryRoot, '.github/workflows')).map(
	(file) => `.github/workflows/${file}`,
);

interface Workflow {
	readonly permissions: Readonly<Record<string, string>>;
	readonly jobs: Readonly<
		Record<string, { readonly steps: readonly { readonly uses?: string }[] }>
	>;
}

describe.each(WORKFLOWS)('%s', (file) => {
	const text = read(file);
	const workflow = parse(text) as Workflow;

	it('runs actions by commit, and says which version that is', () => {
		const used = Object.values(workflow.jobs).flatMap(({ steps }) =>
			steps.flatMap(({ uses }) => uses ?? []),
		);
		const lines = text.match(/uses: .*/g) ?? [];

		expect(used.length).toBeGreaterThan(0);
		expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
		expect(lines.filter((line) => !/ # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
	});

	it('may read by default, and nothing else', () => {
		expect(workflow.permissions).toEqual({ contents: 'read' });
	});

	it('has no stored token but that of its own run, and names no registry of npm', () => {
		const secrets = text.match(/secrets\.\w+/g) ?? [];

		expect(secrets.filter((secret) => secret !== 'secrets.GITHUB_TOKEN')).toEqual([]);
		expect(text).not.toMatch(/NODE_AUTH_TOKEN|_authToken|registry-url|registry\.npmjs/);
	});
});

it('publishes the pack with provenance, as the workflow that it is', () => {
	const publish = read('.github/workflows/publish.yml');

	expect(publish).toContain('id-token: write');
	expect(publish).toContain('npm publish --access public --provenance');
});

it('builds the images from the lockfile, without install scripts', () => {
	const installs = read('hub-server/Dockerfile').match(/npm (ci|i|install)\b.*/g) ?? [];

	expect(installs.length).toBeGreaterThan(0);
	expect(installs.filter((line) => !/^npm ci\b.*--ignore-scripts/.test(line))).toEqual([]);
});

it('starts from images that cannot move', () => {
	const dockerfile = read('hub-server/Dockerfile');
	const stages = new Set(dockerfile.match(/(?<= AS )[\w-]+/g));
	const bases = (dockerfile.match(/(?<=^FROM )\S+/gm) ?? []).filter((base) => !stages.has(base));

	expect(bases.length).toBeGreaterThan(0);
	expect(bases.filter((base) => !/@sha256:[0-9a-f]{64}$/.test(base))).toEqual([]);
});

it('starts n8n in Docker Compose with the pack in it', () => {
	const { services } = parse(read('hub-server/compose.yaml')) as {
		readonly services: Readonly<Record<string, Record<string, unknown>>>;
	};

	expect(services['n8n']?.['depends_on']).toMatchObject({
		'n8n-pack': { condition: 'service_completed_successfully' },
	});
	expect(services['n8n-pack']?.['volumes']).toEqual(services['n8n']?.['volumes']);
});

it('locks every package by its hash, and from no host', () => {
	const { packages } = JSON.parse(read('package-lock.json')) as {
		readonly packages: Readonly<
			Record<string, { integrity?: string; link?: boolean; inBundle?: boolean }>
		>;
	};
	const installed = Object.entries(packages).filter(
		([path, { link, inBundle }]) => path.includes('node_modules/') && !link && !inBundle,
	);

	expect(installed.length).toBeGreaterThan(500);
	expect(installed.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
	expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
});
