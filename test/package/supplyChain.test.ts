import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { dockerStages } from '../support/dockerStages';
import { repositoryRoot } from '../support/repositoryRoot';

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');

const WORKFLOWS = '.github/workflows';
const workflows = readdirSync(join(repositoryRoot, WORKFLOWS)).map((file) => ({
	file,
	text: read(join(WORKFLOWS, file)),
}));

interface Job {
	readonly permissions?: Readonly<Record<string, string>>;
	readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}
interface Workflow {
	readonly permissions: Readonly<Record<string, string>>;
	readonly jobs: Readonly<Record<string, Job>>;
}
const jobsOf = (text: string) => Object.entries((parse(text) as Workflow).jobs);

/** By its commit, with the version for whoever reads it. */
const PINNED_ACTION = /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const PINNED_IMAGE = /^[\w./:-]+@sha256:[0-9a-f]{64}$/;

describe('the workflows', () => {
	it('name every action by its commit', () => {
		const uses = workflows.flatMap(({ text }) =>
			[...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => action ?? ''),
		);

		expect(uses.length).toBeGreaterThan(10);
		expect(uses.filter((action) => !PINNED_ACTION.test(action))).toEqual([]);
	});

	it('name the same commit for the same action everywhere', () => {
		const commits = new Map<string, Set<string>>();
		for (const { text } of workflows) {
			for (const [, action = '', commit = ''] of text.matchAll(/uses: (.*?)@(\S+)/g)) {
				commits.set(action, (commits.get(action) ?? new Set()).add(commit));
			}
		}

		expect([...commits].filter(([, named]) => named.size > 1)).toEqual([]);
	});

	it.each(workflows)('$file keeps no token and names no registry of npm', ({ text }) => {
		expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|_authToken|registry-url|npmjs\.org/);
	});

	it.each(workflows)('$file may only read, unless a job says why it is more', ({ text }) => {
		expect((parse(text) as Workflow).permissions).toEqual({ contents: 'read' });
	});

	it('give an identity to no job that runs tests, builds or installs packages of others', () => {
		const trusted = workflows
			.flatMap(({ file, text }) => jobsOf(text).map(([name, job]) => ({ file, name, job })))
			.filter(({ job }) => job.permissions?.['id-token'] === 'write');

		expect(trusted.map(({ file, name }) => `${file} ${name}`)).toEqual([
			'hub-image.yml publish',
			'publish.yml publish',
		]);
		const runs = trusted.flatMap(({ job }) => job.steps.flatMap(({ run }) => run ?? []));
		expect(runs).toEqual([
			expect.stringMatching(/^npm install --global --ignore-scripts npm@\d+\.\d+\.\d+$/),
			expect.stringMatching(/^npm publish --provenance .*--ignore-scripts/),
		]);
	});

	it('publish with an npm that can be a trusted publisher', () => {
		const [, version = ''] = /npm@(\d+\.\d+\.\d+)/.exec(read(`${WORKFLOWS}/publish.yml`)) ?? [];

		const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
		expect(major * 10_000 + minor * 100 + patch).toBeGreaterThanOrEqual(110_501);
	});

	it('publish an image with its SBOM, its provenance and an attestation', () => {
		const text = read(`${WORKFLOWS}/hub-image.yml`);

		expect(text).toContain('sbom: true');
		expect(text).toContain('provenance: mode=max');
		expect(text).toMatch(/uses: actions\/attest-build-provenance@/);
	});
});

describe('the images', () => {
	it('are built on what is named by its digest', () => {
		const dockerfile = read('hub-server/Dockerfile');
		const stages = dockerStages(dockerfile);
		const names = new Set(stages.map(({ name }) => name));

		const bases = stages.map(({ from }) => from).filter((from) => !names.has(from));
		expect(bases).toHaveLength(1);
		expect(bases[0]).toMatch(PINNED_IMAGE);
		expect(dockerfile).toMatch(/^# syntax=docker\/dockerfile:1@sha256:[0-9a-f]{64}\n/);
	});

	it('are installed from the lockfile, without install scripts', () => {
		const installs = dockerStages(read('hub-server/Dockerfile'))
			.flatMap(({ instructions }) => instructions)
			.filter((line) => /npm (?:ci|i|install|add)\b/.test(line));

		expect(installs).toHaveLength(2);
		for (const install of installs) expect(install).toMatch(/npm ci .*--ignore-scripts/);
	});

	it('of others in compose.yaml have a version, and a digest where one is known', () => {
		const images = [...read('hub-server/compose.yaml').matchAll(/image: (\S+)/g)]
			.map(([, image]) => image ?? '')
			.filter((image) => !image.startsWith('ghcr.io/xero-hub/'));

		// Decision 89: no public source names a digest of this n8n.
		const n8n = images.filter((image) => /^docker\.n8n\.io\/n8nio\/n8n:\d+\.\d+\.\d+$/.test(image));
		expect(n8n).toHaveLength(1);
		const rest = images.filter((image) => !n8n.includes(image));
		expect(rest.length).toBeGreaterThan(0);
		for (const image of rest) expect(image).toMatch(PINNED_IMAGE);
	});
});

describe('the lockfile', () => {
	const { packages } = JSON.parse(read('package-lock.json')) as {
		readonly packages: Readonly<
			Record<
				string,
				{
					readonly link?: boolean;
					readonly inBundle?: boolean;
					readonly resolved?: string;
					readonly integrity?: string;
				}
			>
		>;
	};
	const installed = Object.entries(packages).filter(
		([path, { link, inBundle }]) =>
			path.includes('node_modules/') && link !== true && inBundle !== true,
	);

	it('has a checksum for every package', () => {
		expect(installed.length).toBeGreaterThan(500);
		expect(
			installed
				.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))
				.map(([path]) => path),
		).toEqual([]);
	});

	it('names no registry', () => {
		expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
		expect(read('.npmrc')).not.toMatch(/registry ?=|\/\//);
	});
});

describe('SECURITY.md', () => {
	const text = read('SECURITY.md');

	it('says how to report, what is promised, which versions, and how to verify', () => {
		for (const heading of [
			'How to report',
			'What we promise',
			'Supported versions',
			'Check what you install',
		]) {
			expect(text).toContain(`## ${heading}\n`);
		}
		const { repository, version } = JSON.parse(read('package.json')) as {
			readonly repository: { readonly url: string };
			readonly version: string;
		};
		expect(text).toContain(
			`gh attestation verify oci://ghcr.io/xero-hub/xero-hub:${version} --repo `,
		);
		expect(repository.url).toContain(/--repo (\S+)/.exec(text)?.[1] ?? 'none');
		expect(text).toContain(`| ${version.replace(/\.\d+$/, '.x')}   | yes `);
	});

	it('is linked from the README', () => {
		expect(read('README.md')).toContain('](SECURITY.md)');
	});
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
