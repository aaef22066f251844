import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repositoryRoot';
import { findViolations, type HubPackages } from './dependencyRule';

const manifest = JSON.parse(
	readFileSync(join(repositoryRoot, 'hub-server', 'package.json'), 'utf8'),
) as Readonly<Record<keyof HubPackages, Readonly<Record<string, string>>>>;

const HUB_PACKAGES: HubPackages = {
	dependencies: Object.keys(manifest.dependencies),
	devDependencies: Object.keys(manifest.devDependencies),
};

const SOURCES = globSync(
	['credentials/**/*.ts', 'nodes/**/*.ts', 'hub-server/{protocol,src,sandbox,migrations}/**/*.ts'],
	{ cwd: repositoryRoot },
).map((path) => ({ path, text: readFileSync(join(repositoryRoot, path), 'utf8') }));

/** The build copies the file; its package is looked up by path only where the sources run unbuilt. */
const ONLY_FROM_SOURCES = [
	{
		path: 'hub-server/src/api/docs/openReader.ts',
		imports: 'redoc/bundles/redoc.standalone.js',
	},
];

describe('the dependency rule', () => {
	it('holds in every source file', () => {
		expect(SOURCES.length).toBeGreaterThan(20);
		expect(findViolations(SOURCES, HUB_PACKAGES)).toEqual(ONLY_FROM_SOURCES);
	});

	it.each([
		['a node that reaches into the hub', 'nodes/Xero/x.ts', '../../hub-server/src/clock'],
		['a node with a package of its own', 'nodes/Xero/x.ts', 'lodash'],
		['a node that reads files', 'nodes/Xero/x.ts', 'node:fs'],
		['a credential with a package of its own', 'credentials/x.ts', 'undici'],
		['a wire format that needs more than node:crypto', 'hub-server/protocol/x.ts', 'zod'],
		['a wire format that knows the hub', 'hub-server/protocol/x.ts', '../src/clock'],
		['a sandbox that shares the wire format', 'hub-server/sandbox/x.ts', '../protocol'],
		['a sandbox that shares the hub', 'hub-server/sandbox/a/x.ts', '../../src/clock'],
		['a hub that knows the sandbox', 'hub-server/src/relay/x.ts', '../../sandbox/startSandbox'],
		['a hub that knows the nodes', 'hub-server/src/relay/x.ts', '../../../nodes/Xero/x'],
		['a package the hub does not declare', 'hub-server/src/relay/x.ts', 'n8n-workflow'],
		['a migration that knows the hub', 'hub-server/migrations/0001X.ts', '../src/clock'],
		['a migration that knows the wire', 'hub-server/migrations/0001X.ts', '../protocol'],
		['a migration that leans on another', 'hub-server/migrations/0002X.ts', './0001X'],
		['a migration with another package', 'hub-server/migrations/0001X.ts', 'zod'],
		['a file outside every folder', 'hub-server/new/x.ts', './y'],
	])('refuses %s', (_, path, imports) => {
		for (const text of [
			`import { x } from '${imports}';`,
			`import type { X } from '${imports}';`,
			`export * from '${imports}';`,
			`const x = require('${imports}');`,
			`const x = await import('${imports}');`,
		]) {
			expect(findViolations([{ path, text }], HUB_PACKAGES)).toEqual([{ path, imports }]);
		}
	});

	it.each([
		['a node that speaks the wire format', 'nodes/Xero/x.ts', '../../hub-server/protocol'],
		['a hub that speaks the wire format', 'hub-server/src/relay/x.ts', '../../protocol'],
		['a command that starts the sandbox', 'hub-server/src/cli/x.ts', '../../sandbox/startSandbox'],
		['part of a declared package', 'hub-server/src/ledger/x.ts', 'kysely/helpers/postgres'],
		['a migration that builds a schema', 'hub-server/migrations/0001X.ts', 'kysely'],
		['a built-in module in a migration', 'hub-server/migrations/0001X.ts', 'node:crypto'],
		['a built-in module in the hub', 'hub-server/src/relay/x.ts', 'node:fs'],
	])('allows %s', (_, path, imports) => {
		const text = `import { x } from '${imports}';`;

		expect(findViolations([{ path, text }], HUB_PACKAGES)).toEqual([]);
	});

	it('lets the types of a package that is there for development through, and nothing else of it', () => {
		const path = 'hub-server/src/portal/x.ts';
		const types = { path, text: "import type { Invoice } from 'xero-node';" };
		const values = { path, text: "import { XeroClient } from 'xero-node';" };

		expect(findViolations([types, values], HUB_PACKAGES)).toEqual([{ path, imports: 'xero-node' }]);
	});
});
