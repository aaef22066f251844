/** Rows on a page of people's. */
export const PAGE_ROWS = 100;

/** The page that an address asks for, counted from one. */
export function pageNumber(query: URLSearchParams): number {
	const asked = Number(query.get('page') ?? 1);
	return Number.isSafeInteger(asked) && asked > 0 ? asked : 1;
}

/** The rows of one page of a list, the last of the list first. */
export function newestOf<Row>(all: readonly Row[], page: number): readonly Row[] {
	const end = Math.max(0, all.length - (page - 1) * PAGE_ROWS);
	return all.slice(Math.max(0, end - PAGE_ROWS), end).reverse();
}

/** Where the pages beside this one are. @param hasNext whether there are rows after it */
export function pageLinks(at: string, page: number, hasNext: boolean): string {
	if (page === 1 && !hasNext) return '';
	const back = page > 1 ? `<a rel="prev" href="${at}?page=${page - 1}">Previous page</a>` : '';
	const on = hasNext ? `<a rel="next" href="${at}?page=${page + 1}">Next page</a>` : '';
	return `<nav class="buttons" aria-label="Pages">${back}<span class="muted">Page ${page}</span>${on}</nav>`;
}
