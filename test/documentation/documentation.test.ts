import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { resources } from '../../nodes/Xero/resources/resources';
import { nodeBinary } from '../support/nodeBinary';
import { repositoryRoot } from '../support/repositoryRoot';
import { readIntroduction, withReference } from './resourcePage';

it('lists exactly the operations and fields that the node has', () => {
	const { stderr, status } = spawnSync(
		nodeBinary,
		['--import', 'tsx', join(__dirname, 'generate.ts'), '--check'],
		{ cwd: repositoryRoot, encoding: 'utf8' },
	);

	expect(stderr).toBe('');
	expect(status).toBe(0);
}, 60_000);

it('counts in the README what the node has', () => {
	const all = Object.values(resources);
	const operations = all.flatMap((resource) => Object.keys(resource.operations));

	const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8');

	expect(readme).toContain(`[${all.length} resources, ${operations.length} operations]`);
});

describe('a page of a resource', () => {
	const page = withReference('# Quote\n\nAn offer.\n', 'old');

	it('keeps what a person wrote, and replaces what is made', () => {
		const again = withReference(page, 'new');

		expect(again).toBe(page.replace('old', 'new'));
		expect(readIntroduction(again)).toBe('An offer.');
	});

	it('has no introduction while it is a title only', () => {
		expect(readIntroduction(withReference('# Quote\n', 'table'))).toBe('');
	});
});
