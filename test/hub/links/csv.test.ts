import fc from 'fast-check';
import { csvRow, readCsv } from '../../../hub-server/src/links/csv';

describe('CSV', () => {
	it('is read back as it was written, whatever stands in it', () => {
		const cell = fc.oneof(fc.string(), fc.constantFrom('"', ',', ';', '\r\n', '\n', ' a '));
		const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
		fc.assert(
			fc.property(table, (rows) => {
				// A comma in the first row says that it is the separator.
				const written = [['system', 'entity'], ...rows];
				const filled = written.filter((cells) => cells.some((one) => one !== ''));
				const read = readCsv(written.map(csvRow).join(''));
				expect(read.map(({ cells }) => cells)).toEqual(filled);
			}),
		);
	});

	it.each([
		['a byte order mark and old line ends', '\uFEFFa,b\r1,2\r'],
		['semicolons', 'a;b\n1;2'],
		['no end of its last line', 'a,b\n1,2'],
		['empty lines', '\n\na,b\r\n\r\n1,2\n\n'],
	])('is read with %s', (_what, text) => {
		expect(readCsv(text).map(({ cells }) => cells)).toEqual([
			['a', 'b'],
			['1', '2'],
		]);
	});

	it('numbers its rows as a spreadsheet does', () => {
		expect(readCsv('a,b\n\n1,2\n').map(({ row }) => row)).toEqual([1, 3]);
	});
});
