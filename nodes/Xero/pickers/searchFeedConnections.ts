import { BANK_FEEDS_PATH } from '../requests/bankFeedsApi';
import type { SearchMethod } from './SearchMethod';
import { searchUnsearched } from './searchUnsearched';
import { itemPages } from './unsearchedPages';

export const searchFeedConnections: SearchMethod = async function (filter, paginationToken) {
	return await searchUnsearched(
		itemPages(
			this,
			`${BANK_FEEDS_PATH}/FeedConnections`,
			{ pageSize: '100' },
			({ id, accountName, accountNumber, accountToken }) => ({
				name: [accountName, accountNumber, accountToken].filter(Boolean).join(' · '),
				value: String(id),
			}),
		),
		filter,
		paginationToken,
	);
};
