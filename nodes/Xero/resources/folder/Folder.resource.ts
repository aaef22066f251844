import { defineResource } from '../../operations/defineResource';
import * as create from './create.operation';
import * as getAll from './getAll.operation';

export const folder = defineResource({
	title: 'Folder',
	value: 'folder',
	operations: { create, getAll },
	choices: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create folder',
			description: 'Create a folder for files',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many folders',
			description: 'List the folders, the inbox among them',
		},
	],
	default: 'getAll',
});
