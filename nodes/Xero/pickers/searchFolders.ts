import type { IDataObject } from 'n8n-workflow';

import { FILES_PATH } from '../requests/filesApi';
import { matching } from './matching';
import { answerForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

export const searchFolders: SearchMethod = async function (filter) {
	const folders = await answerForPicker(this, { path: `${FILES_PATH}/Folders` }, (reply) =>
		reply.kind === 'answered' && Array.isArray(reply.body)
			? (reply.body as IDataObject[])
			: undefined,
	);
	return {
		results: matching(
			folders.map(({ Id, Name }) => ({ name: String(Name), value: String(Id) })),
			filter,
		),
	};
};
