import { getItemOperation } from '../common/getItemOperation';
import { fileLocator } from './fileLocator';
import { FILES_PATH, FILES_SCOPE } from './filesApi';

export const { description, request, execute } = getItemOperation({
	resource: 'file',
	path: `${FILES_PATH}/Files`,
	scope: FILES_SCOPE,
	locator: fileLocator('The file to describe'),
});
