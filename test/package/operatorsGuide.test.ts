import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repositoryRoot';

const hubFile = (path: string) => readFileSync(join(repositoryRoot, 'hub-server', path), 'utf8');

describe("the operator's guide", () => {
	const guide = hubFile('docs/operators-guide.md');

	it('names every setting that the hub reads', () => {
		const settings = [...hubFile('src/config/loadConfig.ts').matchAll(/^\t([A-Z_]+):/gm)];

		const missing = settings
			.map(([, name]) => name)
			.filter((name) => !guide.includes(`\`${name}\``));
		expect(missing).toEqual([]);
	});

	it('names every command, and none that is not there', () => {
		const main = hubFile('src/cli/createProgram.ts');
		const names = [...main.matchAll(/\.command\('([\w-]+)/g)].map(([, name]) => name ?? '');

		const told = [...guide.matchAll(/xero-hub ((?:[a-z-]+ ?)+)/g)].flatMap(([, words = '']) =>
			words.trim().split(' ').slice(0, 2),
		);
		const groups = ['workspace', 'app-keys', 'connect-link', 'api-key', 'keys', 'audit'];
		expect(names.filter((name) => !told.includes(name))).toEqual([]);
		const first = [...guide.matchAll(/xero-hub ([a-z-]+)/g)].map(([, name]) => name ?? '');
		expect(first.filter((name) => ![...names, ...groups].includes(name))).toEqual([]);
	});
});
