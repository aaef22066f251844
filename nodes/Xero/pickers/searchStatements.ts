import { BANK_FEEDS_PATH } from '../requests/bankFeedsApi';
import type { SearchMethod } from './SearchMethod';
import { searchUnsearched } from './searchUnsearched';
import { itemPages } from './unsearchedPages';

/** Bank statements, by their days. */
export const searchStatements: SearchMethod = async function (filter, paginationToken) {
	return await searchUnsearched(
		itemPages(
			this,
			`${BANK_FEEDS_PATH}/Statements`,
			{ pageSize: '100' },
			({ id, startDate, endDate, statementLineCount, status }) => ({
				name: [`${startDate} – ${endDate}`, `${statementLineCount ?? 0} lines`, status]
					.filter(Boolean)
					.join(' · '),
				value: String(id),
			}),
		),
		filter,
		paginationToken,
	);
};
