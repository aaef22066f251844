import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';

import { readItemPage } from '../requests/readItemPages';
import { answerForPicker, readForPicker } from './readForPicker';
import type { UnsearchedPage } from './searchUnsearched';

/** The size that all of the Accounting API's paged lists have when none is asked for. */
const PAGE_SIZE = 100;

type ToEntry = (record: IDataObject) => INodeListSearchItems;

/** Pages of a list of the Accounting API. */
export function accountingPages(
	context: ILoadOptionsFunctions,
	name: string,
	query: Readonly<Record<string, string>>,
	toEntry: ToEntry,
): (page: number) => Promise<UnsearchedPage> {
	return async (page) => {
		const { records } = await readForPicker(context, name, { ...query, page: String(page) });
		return { entries: records.map(toEntry), hasMore: records.length === PAGE_SIZE };
	};
}

/** Pages of a list of one of Xero's newer APIs: bank feeds, files, projects. */
export function itemPages(
	context: ILoadOptionsFunctions,
	path: string,
	query: Readonly<Record<string, string>>,
	toEntry: ToEntry,
): (page: number) => Promise<UnsearchedPage> {
	return async (page) => {
		const request = { path, query: { ...query, page: String(page) } };
		const { items, pageCount } = await answerForPicker(context, request, readItemPage);
		return { entries: items.map(toEntry), hasMore: page < pageCount && items.length > 0 };
	};
}
