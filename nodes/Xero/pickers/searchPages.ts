import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { readForPicker } from './readForPicker';

const PAGE_SIZE = 50;

/** One page of a list that Xero searches itself; the token is the next page's number. */
export async function searchPages(
	context: ILoadOptionsFunctions,
	name: string,
	query: Readonly<Record<string, string>>,
	toEntry: (record: IDataObject) => INodeListSearchItems,
	filter: string | undefined,
	paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
	const page = Number(paginationToken ?? 1);
	const { records, pageCount } = await readForPicker(context, name, {
		...query,
		...(filter?.trim() ? { searchTerm: filter.trim() } : {}),
		page: String(page),
		pageSize: String(PAGE_SIZE),
	});
	const hasMore = pageCount === undefined ? records.length === PAGE_SIZE : page < pageCount;
	return {
		results: records.map(toEntry),
		paginationToken: hasMore ? String(page + 1) : undefined,
	};
}
