import { FILES_PATH } from '../actions/file/filesApi';
import { readItemPage } from '../actions/shared/readItemPages';
import { matching } from './matching';
import { answerForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

/** Newest first, a page at a time; the typed text is looked for on that page. */
export const searchFiles: SearchMethod = async function (filter, paginationToken) {
	const page = Number(paginationToken ?? 1);
	const { items, pageCount } = await answerForPicker(
		this,
		{
			path: `${FILES_PATH}/Files`,
			query: { page: String(page), pagesize: '100', sort: 'CreatedDateUTC', direction: 'DESC' },
		},
		readItemPage,
	);
	return {
		results: matching(
			items.map(({ Id, Name }) => ({ name: String(Name), value: String(Id) })),
			filter,
		),
		paginationToken: page < pageCount && items.length > 0 ? String(page + 1) : undefined,
	};
};
