import type { IDataObject } from 'n8n-workflow';

import { BANK_FEEDS_PATH } from '../actions/bankFeeds/bankFeedsApi';
import { readItemPage } from '../actions/shared/readItemPages';
import { matching } from './matching';
import { answerForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

const PAGE_SIZE = 100;

export const searchFeedConnections: SearchMethod = async function (filter, paginationToken) {
	const page = Number(paginationToken ?? 1);
	const { items, pageCount } = await answerForPicker(
		this,
		{
			path: `${BANK_FEEDS_PATH}/FeedConnections`,
			query: { page: String(page), pageSize: String(PAGE_SIZE) },
		},
		readItemPage,
	);
	return {
		results: matching(
			items.map(({ id, accountName, accountNumber, accountToken }: IDataObject) => ({
				name: [accountName, accountNumber, accountToken].filter(Boolean).join(' · '),
				value: String(id),
			})),
			filter,
		),
		paginationToken: page < pageCount ? String(page + 1) : undefined,
	};
};
