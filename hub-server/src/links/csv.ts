/**
 * The rows of a CSV text (RFC 4180), with a byte order mark or not, with any line ends, and with semicolons where its
 * first row has them and no comma, as spreadsheets write it in half of Europe. Empty rows are left out.
 *
 * @returns each with its number as a spreadsheet counts, from 1
 */
export function readCsv(text: string): ReadonlyArray<CsvRow> {
	const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
	const [first = ''] = body.split(/\r\n|\n|\r/, 1);
	const separator = first.includes(';') && !first.includes(',') ? ';' : ',';
	const field = separator === ';' ? SEMICOLON_FIELD : COMMA_FIELD;
	const rows: CsvRow[] = [];
	let cells: string[] = [];
	let row = 1;
	field.lastIndex = 0;
	while (field.lastIndex < body.length || cells.length > 0) {
		const match = field.exec(body);
		if (match === null) break;
		const [, quoted, plain = '', end] = match;
		cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
		if (end === separator) continue;
		if (cells.some((cell) => cell !== '')) rows.push({ row, cells });
		cells = [];
		row += 1;
		if (end === '') break;
	}
	return rows;
}

export interface CsvRow {
	readonly row: number;
	readonly cells: readonly string[];
}

/** One row of a CSV text, with its line end. */
export function csvRow(cells: readonly string[]): string {
	const written = cells.map((cell) =>
		/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
	);
	return `${written.join(',')}\r\n`;
}

/** What stands after a closing quote belongs to nothing and is passed over. */
const COMMA_FIELD = /(?:"((?:[^"]|"")*)"[^,\r\n]*|([^,\r\n]*))(,|\r\n|\n|\r|$)/y;
const SEMICOLON_FIELD = /(?:"((?:[^"]|"")*)"[^;\r\n]*|([^;\r\n]*))(;|\r\n|\n|\r|$)/y;
