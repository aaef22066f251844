import { recordLocator } from '../../fields/recordLocator';
import { getItemOperation } from '../../operations/getItemOperation';
import { PROJECTS_PATH, PROJECTS_SCOPE } from '../../requests/projectsApi';

export const { description, request, execute } = getItemOperation({
	path: PROJECTS_PATH,
	scope: PROJECTS_SCOPE,
	locator: recordLocator({
		displayName: 'Project',
		name: 'project',
		searchListMethod: 'searchProjects',
		noun: 'a project',
		required: true,
	}),
	description: 'The project to read',
});
