import { defineResource } from '../../operations/defineResource';
import * as associate from './associate.operation';
import * as deleteFile from './delete.operation';
import * as download from './download.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as upload from './upload.operation';

export const file = defineResource({
	title: 'File',
	value: 'file',
	operations: { associate, delete: deleteFile, download, get, getAll, upload },
	choices: [
		{
			name: 'Associate',
			value: 'associate',
			action: 'Associate file with record',
			description: 'Tie a file to an invoice, a contact or another record',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete file',
			description: 'Permanently delete a file',
		},
		{
			name: 'Download',
			value: 'download',
			action: 'Download file',
			description: 'Get the content of a file',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get file',
			description: 'Get what Xero knows of a file',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many files',
			description: 'List the files of the organisation',
		},
		{
			name: 'Upload',
			value: 'upload',
			action: 'Upload file',
			description: 'Put a file into the inbox or a folder',
		},
	],
	default: 'upload',
});
