/** One page of a list that is read by its ids, newest first. */
export interface Page<Item> {
	readonly items: Item[];
	/** Give it back as `cursor` for the next page; null on the last one. */
	readonly nextCursor: string | null;
}

export interface PageRequest {
	readonly cursor?: string | undefined;
	/** Rows a page, 1 to 200. */
	readonly limit: number;
}

/** @param rows one more than `limit` where there are so many: it tells that another page follows */
export function toPage<Row extends { readonly id: string }, Item>(
	rows: readonly Row[],
	limit: number,
	toItem: (row: Row) => Item,
): Page<Item> {
	const shown = rows.slice(0, limit);
	const nextCursor = rows.length > limit ? (shown.at(-1)?.id ?? null) : null;
	return { items: shown.map(toItem), nextCursor };
}
