import { csvRow } from '../links/csv';
import { guardFormula } from '../links/formulaCell';

/** One line of CSV for people: names in Xero are anybody's, and no spreadsheet takes them for formulas. */
export function csvLine(cells: readonly (string | number | null)[]): string {
	return csvRow(
		cells.map((cell) => (typeof cell === 'string' ? guardFormula(cell) : String(cell ?? ''))),
	);
}
