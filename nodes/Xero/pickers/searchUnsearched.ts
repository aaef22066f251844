import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

/** One page of a list that Xero cannot search. */
export interface UnsearchedPage {
	readonly entries: readonly INodeListSearchItems[];
	readonly hasMore: boolean;
}

/** A search does not read on for longer than a person waits. */
const PAGES_IN_ONE_GO = 5;

/**
 * A paged list that Xero cannot search: pages are read and searched here, until one holds something.
 * The token is the next page's number.
 */
export async function searchUnsearched(
	readPage: (page: number) => Promise<UnsearchedPage>,
	filter: string | undefined,
	paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
	const sought = (filter ?? '').trim().toLowerCase();
	const start = Number(paginationToken ?? 1);
	for (let page = start; ; page++) {
		const { entries, hasMore } = await readPage(page);
		const results = entries.filter(({ name, value }) =>
			`${name} ${value}`.toLowerCase().includes(sought),
		);
		if (results.length > 0 || !hasMore || page - start + 1 >= PAGES_IN_ONE_GO) {
			return { results, paginationToken: hasMore ? String(page + 1) : undefined };
		}
	}
}
