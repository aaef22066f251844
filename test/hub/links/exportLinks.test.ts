import fc from 'fast-check';
import { readCsv } from '../../../hub-server/src/links/csv';
import { exportLinks } from '../../../hub-server/src/links/exportLinks';
import {
	LINKED_ENTITIES,
	type ExternalRecord,
	type Link,
} from '../../../hub-server/src/links/Link';
import { readLinkCsv } from '../../../hub-server/src/links/readLinkRows';

type Row = Pick<Link, keyof ExternalRecord> & { readonly xeroId: string };

/** Any text, and often one that a spreadsheet runs, or that was guarded before. */
const word = (maxLength: number) =>
	fc
		.tuple(
			fc.constantFrom('', "'", "''", '=', '+', '-', '@', "'=", '"', ',', ';'),
			fc.string({ unit: 'binary', maxLength: maxLength - 2 }),
		)
		.map((parts) => parts.join('').trim())
		.filter((text) => text !== '' && text !== '*');

const link: fc.Arbitrary<Row> = fc.record({
	tenantId: fc.option(fc.uuid()),
	system: word(60),
	entity: fc.constantFrom(...LINKED_ENTITIES.filter((entity) => entity !== 'tax_rate')),
	externalId: word(200),
	xeroId: fc.uuid(),
});

/** What no file has. */
const UNTOLD = {
	...{ id: 'x', state: 'linked' as const, reason: null, base: null, pushedHash: null },
	...{ pushId: null, sentAt: null, createdAt: 0, updatedAt: 0 },
};

async function exported(rows: readonly Row[]): Promise<string> {
	const pages = [rows.slice(0, 2), rows.slice(2)].map((items, index) => ({
		items: items.map((row) => ({ ...UNTOLD, ...row })),
		nextCursor: index === 0 ? 'more' : null,
	}));
	const links = { list: () => Promise.resolve(pages.shift() ?? { items: [], nextCursor: null }) };
	let text = '';
	for await (const part of exportLinks(links, 'w', {})) text += part;
	return text;
}

describe('an export of links', () => {
	it('is imported as it was', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(link, { maxLength: 5 }), async (rows) => {
				const { rows: read, faults } = readLinkCsv(await exported(rows), {});

				expect(faults).toEqual([]);
				expect(read.map(({ record, xeroId }) => ({ ...record, xeroId }))).toEqual(rows);
			}),
		);
	});

	it('has no cell that a spreadsheet would run', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(link, { minLength: 1, maxLength: 5 }), async (rows) => {
				const cells = readCsv(await exported(rows)).flatMap((row) => row.cells);

				expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
			}),
		);
	});
});
