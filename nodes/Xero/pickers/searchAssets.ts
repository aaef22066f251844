import type { IDataObject } from 'n8n-workflow';

import { ASSETS_PATH } from '../requests/assetsApi';
import { readItemPage } from '../requests/readItemPages';
import { answerForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

/** The registered ones, a page at a time; Xero lists one status only, and searches it itself. */
export const searchAssets: SearchMethod = async function (filter, paginationToken) {
	const page = Number(paginationToken ?? 1);
	const sought = (filter ?? '').trim();
	const { items, pageCount } = await answerForPicker(
		this,
		{
			path: ASSETS_PATH,
			query: {
				status: 'REGISTERED',
				orderBy: 'AssetName',
				sortDirection: 'asc',
				page: String(page),
				pageSize: '100',
				...(sought === '' ? {} : { filterBy: sought }),
			},
		},
		readItemPage,
	);
	return {
		results: items.map(({ assetId, assetName, assetNumber }: IDataObject) => ({
			name: [assetName, assetNumber].filter(Boolean).join(' · '),
			value: String(assetId),
		})),
		paginationToken: page < pageCount ? String(page + 1) : undefined,
	};
};
