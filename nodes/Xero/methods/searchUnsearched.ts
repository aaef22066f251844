import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { readForPicker } from './readForPicker';

/** The size that all of Xero's paged lists have when none is asked for. */
const PAGE_SIZE = 100;

/** A search does not read on for longer than a person waits. */
const PAGES_IN_ONE_GO = 5;

/**
 * A paged list that Xero cannot search: pages are read and searched here, until one holds something.
 * The token is the next page's number.
 */
export async function searchUnsearched(
	context: ILoadOptionsFunctions,
	name: string,
	query: Readonly<Record<string, string>>,
	toEntry: (record: IDataObject) => INodeListSearchItems,
	filter: string | undefined,
	paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
	const sought = (filter ?? '').trim().toLowerCase();
	const start = Number(paginationToken ?? 1);
	for (let page = start; ; page++) {
		const { records } = await readForPicker(context, name, { ...query, page: String(page) });
		const results = records
			.map(toEntry)
			.filter((entry) => entry.name.toLowerCase().includes(sought));
		const hasMore = records.length === PAGE_SIZE;
		if (results.length > 0 || !hasMore || page - start + 1 >= PAGES_IN_ONE_GO) {
			return { results, paginationToken: hasMore ? String(page + 1) : undefined };
		}
	}
}
