import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repositoryRoot';

const page = readFileSync(join(repositoryRoot, 'hub-server/docs/sync-failure-modes.md'), 'utf8');
const rows = [...page.matchAll(/^\| (\d+) +\|[^|]*\|(.*)\|$/gm)].map(([, number, tried = '']) => ({
	number: Number(number),
	tests: [...tried.matchAll(/`([^`]+)`: "((?:\\"|[^"])+)"/g)].map(([, path = '', title = '']) => ({
		path,
		title: title.replaceAll('\\"', '"'),
	})),
}));

describe('the page of what can go wrong', () => {
	it('has a row for each failure mode of reading, deletes, silent changes, webhooks beside a sync, writing and two systems', () => {
		expect(rows.map(({ number }) => number)).toEqual(
			Array.from({ length: 57 }, (_, index) => index + 1),
		);
	});

	it.each(rows.map(({ number, tests }) => [number, tests] as const))(
		'names tests of %d that are there',
		(_, tests) => {
			expect(tests.length).toBeGreaterThan(0);
			for (const { path, title } of tests) {
				const file = join(repositoryRoot, path);
				expect([path, existsSync(file)]).toEqual([path, true]);
				expect(readFileSync(file, 'utf8')).toContain(title);
			}
		},
	);
});
