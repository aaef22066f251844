import { PROJECTS_PATH } from '../requests/projectsApi';
import type { SearchMethod } from './SearchMethod';
import { searchUnsearched } from './searchUnsearched';
import { itemPages } from './unsearchedPages';

export const searchProjects: SearchMethod = async function (filter, paginationToken) {
	return await searchUnsearched(
		itemPages(this, PROJECTS_PATH, { pageSize: '500' }, ({ projectId, name, status }) => ({
			name: `${String(name)}${status === 'CLOSED' ? ' · closed' : ''}`,
			value: String(projectId),
		})),
		filter,
		paginationToken,
	);
};
