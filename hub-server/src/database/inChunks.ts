/** SQLite takes 32,766 variables a statement and PostgreSQL 65,535; our widest row has 25 columns. */
const MAX_ROWS = 1_000;

/** The rows in order, in pieces that one INSERT can hold. */
export function inChunks<Row>(rows: readonly Row[]): Row[][] {
	const chunks: Row[][] = [];
	for (let start = 0; start < rows.length; start += MAX_ROWS) {
		chunks.push(rows.slice(start, start + MAX_ROWS));
	}
	return chunks;
}
