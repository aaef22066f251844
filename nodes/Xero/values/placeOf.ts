/** A document can have hundreds of lines. */
const NAMED_ITEMS = 5;

/**
 * Input items as people find them: the rows of n8n's table, counted from 1, and the item indexes that its
 * expressions and errors count from 0. `row 3, item index 2`; `rows 1 and 3, item indexes 0 and 2`.
 */
export function placeOf(items: readonly number[]): string {
	const named = items.slice(0, NAMED_ITEMS);
	const more = items.length - named.length;
	const [row, index] = items.length === 1 ? ['row', 'item index'] : ['rows', 'item indexes'];
	const rows = listed(
		named.map((item) => item + 1),
		...(more > 0 ? [`${more} more`] : []),
	);
	const indexes = more > 0 ? `${named.join(', ')} …` : listed(named);
	return `${row} ${rows}, ${index} ${indexes}`;
}

/** The same at the beginning of a sentence. */
export function placeAtStart(items: readonly number[]): string {
	const place = placeOf(items);
	return place.charAt(0).toUpperCase() + place.slice(1);
}

function listed(numbers: readonly number[], further?: string): string {
	const all = [...numbers.map(String), ...(further === undefined ? [] : [further])];
	const last = all.at(-1) ?? '';
	return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}
