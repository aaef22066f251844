import { FILES_PATH } from '../requests/filesApi';
import type { SearchMethod } from './SearchMethod';
import { searchUnsearched } from './searchUnsearched';
import { itemPages } from './unsearchedPages';

/** Newest first. */
export const searchFiles: SearchMethod = async function (filter, paginationToken) {
	return await searchUnsearched(
		itemPages(
			this,
			`${FILES_PATH}/Files`,
			{ pagesize: '100', sort: 'CreatedDateUTC', direction: 'DESC' },
			({ Id, Name }) => ({ name: String(Name), value: String(Id) }),
		),
		filter,
		paginationToken,
	);
};
