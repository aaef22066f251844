import type { INodeProperties } from 'n8n-workflow';

import type { Outcome } from '../../errors/failure';
import { locatorValue } from '../../values/locatorValue';
import { parseXeroId } from '../../values/xeroId';
import { codePicker } from '../../fields/codePicker';
import type { OperationRun } from '../../run/OperationRun';

const FILE = 'file';
const FOLDER = 'folder';

export function fileLocator(description: string): INodeProperties {
	return {
		...codePicker({
			displayName: 'File',
			name: FILE,
			description,
			searchListMethod: 'searchFiles',
			manual: { displayName: 'By ID', placeholder: 'e.g. 3d413bfe-f40f-4807-b953-9a42f834ff15' },
		}),
		required: true,
	};
}

export function fileOf(run: OperationRun, item: number): Outcome<string> {
	return parseXeroId(locatorValue(run.parameter(FILE, item, '')).value, 'File');
}

export function folderLocator(description: string): INodeProperties {
	return codePicker({
		displayName: 'Folder',
		name: FOLDER,
		description,
		searchListMethod: 'searchFolders',
		manual: { displayName: 'By ID', placeholder: 'e.g. 554ff1ad-4b94-4266-9b45-e29bcb75e6bf' },
	});
}
