import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../hub-server/src/config/loadConfig';
import { KEPT_MS } from '../../hub-server/src/records/savedItems';
import { AGAIN_MS } from '../../hub-server/src/retention/purgeRecords';
import { SEALED_TABLES } from '../../hub-server/src/secrets/sealedColumns';
import { VERSIONS_KEPT_MS } from '../../hub-server/src/writes/purgeWrites';
import { ENGINES, freshLedger } from '../support/freshLedger';
import { repositoryRoot } from '../support/repositoryRoot';
import { tableNames } from '../support/whereTextIsKept';

const HOUR = 3600_000;

const page = readFileSync(join(repositoryRoot, 'documentation/what-is-kept.md'), 'utf8');

/** Of the page's tables: what, where, how long, how. */
const rows = page
	.split('\n')
	.filter(
		(line) =>
			line.startsWith('| ') && !/^\| What\s+\| Where/.test(line) && !line.startsWith('| --'),
	)
	.map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);

const [, withoutContent = ''] = /## Tables without content\n([^#]*)/.exec(page) ?? [];

const namesIn = (text: string) => [...text.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name);

/** In what stands before the colon, columns follow it. */
const described = rows.flatMap(([, where = '']) => namesIn(where.split(':')[0] ?? ''));

describe('the page that says what is kept', () => {
	it.each(ENGINES)('names each table of a ledger on %s, in one place', async (engine) => {
		const { database, close } = await freshLedger(engine);
		const tables = await tableNames(database.db);
		await close();

		const plain = namesIn(withoutContent);
		expect(tables.filter((name) => !described.includes(name) && !plain.includes(name))).toEqual([]);
		expect(described.filter((name) => plain.includes(name))).toEqual([]);
		const engineOnly = engine === 'sqlite' ? ['org_paces'] : [];
		const known = [...tables, ...engineOnly];
		expect([...described, ...plain].filter((name) => !known.includes(name))).toEqual([]);
	});

	it('says of each table with sealed texts that it has some', () => {
		const sealed = rows
			.filter(([, , , how]) => how === 'Sealed')
			.flatMap(([, where = '']) => namesIn(where.split(':')[0] ?? ''));

		expect(sealed.sort()).toEqual(
			['links', 'push_items', 'record_states', ...SEALED_TABLES.map(({ table }) => table)].sort(),
		);
	});

	it('says the days and hours that the hub has', () => {
		const { keepDays } = loadConfig({});
		const told = (setting: string) =>
			new Set([...page.matchAll(new RegExp(`\`${setting}\` \\((\\d+)\\)`, 'g'))].map(([, n]) => n));

		expect(told('HUB_KEEP_PAYLOAD_DAYS')).toEqual(new Set([String(keepDays.payloads)]));
		expect(told('HUB_KEEP_EVENT_DAYS')).toEqual(new Set([String(keepDays.events)]));
		expect(page).toContain(`| ${VERSIONS_KEPT_MS / HOUR} hours `);
		expect(page).toContain(`once more after ${AGAIN_MS / HOUR} hours`);
		expect([KEPT_MS, page.includes('| An hour ')]).toEqual([HOUR, true]);
	});
});
