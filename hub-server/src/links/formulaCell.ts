/**
 * A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection), and so does
 * one with apostrophes before such a text, so that reading takes off exactly what writing put there.
 */
export function guardFormula(cell: string): string {
	return /^'*[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before {@link guardFormula}. */
export function unguardFormula(cell: string): string {
	return /^'+[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell;
}
