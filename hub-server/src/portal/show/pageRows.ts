/** Rows of a list on a page; the next page shows what is older. */
export const PAGE_ROWS = 50;
