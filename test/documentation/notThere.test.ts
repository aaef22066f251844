import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readApiPath } from '../../nodes/Xero/resources/apiRequest/apiPath';
import { resources } from '../../nodes/Xero/resources/resources';
import { repositoryRoot } from '../support/repositoryRoot';

const page = readFileSync(join(repositoryRoot, 'documentation/nodes/xero-hub.md'), 'utf8');
const [, section = ''] = page.split('## Not there, and the way round it');
const paths = section
	.split('\n')
	.filter((line) => line.startsWith('| ') && line.includes('`'))
	.flatMap((line) =>
		[...(line.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
	);

it('names paths that API Request can reach', () => {
	expect(paths.length).toBeGreaterThan(10);
	for (const path of paths) {
		expect([path, readApiPath(path.replace('{ID}', '1'))]).toMatchObject([path, { ok: true }]);
	}
});

it('names what the node has no operation for', () => {
	const there = new Set(
		Object.values(resources).flatMap(({ operations }) =>
			Object.values(operations).map(({ request }) => `${request?.method} ${request?.path}`),
		),
	);
	const lists = paths.filter((path) => !OTHER_METHODS.includes(path));

	expect(there).toContain('GET api.xro/2.0/Currencies');
	for (const path of lists) {
		const read = readApiPath(path.replace('{ID}', 'ID'));
		expect(there).not.toContain(`GET ${(read.ok ? read.value : '').replace('/ID', '/{ID}')}`);
	}
});

/** Lists that the node reads; what is not there is to write into them. */
const OTHER_METHODS = ['PaymentServices', 'assets.xro/1.0/Assets'];
