import type { IDataObject } from 'n8n-workflow';

import { PROJECTS_PATH } from '../actions/project/projectsApi';
import { readItemPage } from '../actions/shared/readItemPages';
import { matching } from './matching';
import { answerForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

/** A page at a time; the typed text is looked for on that page. */
export const searchProjects: SearchMethod = async function (filter, paginationToken) {
	const page = Number(paginationToken ?? 1);
	const { items, pageCount } = await answerForPicker(
		this,
		{ path: PROJECTS_PATH, query: { page: String(page), pageSize: '500' } },
		readItemPage,
	);
	return {
		results: matching(
			items.map(({ projectId, name, status }: IDataObject) => ({
				name: `${String(name)}${status === 'CLOSED' ? ' · closed' : ''}`,
				value: String(projectId),
			})),
			filter,
		),
		paginationToken: page < pageCount ? String(page + 1) : undefined,
	};
};
