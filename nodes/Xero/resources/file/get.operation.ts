import { getItemOperation } from '../../operations/getItemOperation';
import { FILES_PATH, FILES_SCOPE } from '../../requests/filesApi';
import { fileLocator } from './fileLocator';

export const { description, request, execute } = getItemOperation({
	path: `${FILES_PATH}/Files`,
	scope: FILES_SCOPE,
	locator: fileLocator,
	description: 'The file to describe',
});
