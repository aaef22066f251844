import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repositoryRoot';
import { columnsOf, findRowLeaks, MAPPERS } from './rowRule';

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');

const SOURCES = globSync('hub-server/src/**/*.{ts,eta}', { cwd: repositoryRoot }).map((path) => ({
	path,
	text: read(path),
}));

const COLUMNS = columnsOf(
	['tables', 'portalTables'].map((name) => read(`hub-server/src/database/${name}.ts`)).join('\n'),
);

describe('rows of the ledger', () => {
	it('are read in the files that query them, and nowhere else', () => {
		expect(SOURCES.length).toBeGreaterThan(200);
		expect([...COLUMNS]).toEqual(expect.arrayContaining(['tenant_id', 'received_at', 'user_id']));
		expect(findRowLeaks(SOURCES, COLUMNS)).toEqual([]);
	});

	it('have mappers that are there', () => {
		const paths = SOURCES.map(({ path }) => path);
		expect(MAPPERS.filter((mapper) => !paths.includes(mapper))).toEqual([]);
	});

	it.each([
		['a page that reads a column', 'pages/x.ts', 'nameOf(event.tenant_id)', 'tenant_id'],
		['one that takes it apart', 'pages/x.ts', 'const { received_at: at } = event;', 'received_at'],
		['one that names a row', 'relay/x.ts', "let e: Selectable<Tables['events']>;", 'Selectable'],
		['one that names it briefly', 'relay/x.ts', "let e: Tables['events'];", 'Selectable'],
		['a template', 'templates/x.eta', '<%= it.event.occurred_at %>', 'occurred_at'],
	])('do not leave the store for %s', (_, file, text, names) => {
		const path = `hub-server/src/${file}`;

		expect(findRowLeaks([{ path, text }], COLUMNS)).toEqual([{ path, names }]);
		expect(findRowLeaks([{ path, text: `${text} db.selectFrom('x')` }], COLUMNS)).toEqual([]);
	});

	it('may be spoken of in words that columns share with everyone', () => {
		const text = "const { id, status } = event; say('tenant_id');";

		expect(findRowLeaks([{ path: 'hub-server/src/x.ts', text }], COLUMNS)).toEqual([]);
	});
});
