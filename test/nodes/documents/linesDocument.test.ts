import { nameLines } from '../../../nodes/Xero/documents/linesDocument';
import { done, failed } from '../../../nodes/Xero/run/ItemOutcome';

const long = 'x'.repeat(100);
const rows = ['Tea', 'Ink', ' TEA "green" ', 'Twice', 'Twice', long, ''];
const document = {
	items: [4, 7, 9],
	values: { lineItems: { line: rows.map((description) => ({ description })) } },
	itemsOfLines: [4, 7, 7, 7, 9, 9, 9],
};
const refused = (message: string) => failed({ kind: 'api', message });

describe('nameLines', () => {
	it('says whose line it is that is refused before it is sent', () => {
		expect(nameLines(refused('Line 2 has the Line Item ID of Line 1'), document)).toEqual(
			refused('Line 2 (row 8, item index 7) has the Line Item ID of Line 1 (row 5, item index 4)'),
		);
	});

	it.each([
		['LineItems 1 "Ink": not valid', 'LineItems 1 "Ink" (row 8, item index 7): not valid'],
		['JournalLines 9 "Tea": not valid', 'JournalLines 9 "Tea" (row 5, item index 4): not valid'],
		[
			'LineItems 1 "TEA \\"green\\"": not valid',
			'LineItems 1 "TEA \\"green\\"" (row 8, item index 7): not valid',
		],
		[
			`LineItems 1 "${'x'.repeat(60)}…": not valid`,
			`LineItems 1 "${'x'.repeat(60)}…" (row 10, item index 9): not valid`,
		],
	])('says whose line it is that Xero refuses, by its words: %s', (message, named) => {
		expect(nameLines(refused(message), document)).toEqual(refused(named));
	});

	it.each([
		['its place alone is told', 'LineItems 2: not valid'],
		['its words are those of two items', 'LineItems 4 "Twice": not valid'],
		["its words are nobody's", 'LineItems 1 "Paper": not valid'],
	])('names no item where %s', (_why, message) => {
		expect(nameLines(refused(message), document)).toEqual(refused(message));
	});

	it('leaves other numbers alone', () => {
		const others = refused('LineItems 3: Addresses 1: the year 2026 is locked');

		expect(nameLines(others, document)).toEqual(others);
	});

	it('leaves what is done as it is', () => {
		expect(nameLines(done({}), document)).toEqual(done({}));
	});
});
