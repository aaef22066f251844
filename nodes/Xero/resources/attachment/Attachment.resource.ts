import { defineResource } from '../../operations/defineResource';
import * as download from './download.operation';
import * as getAll from './getAll.operation';
import * as upload from './upload.operation';

export const attachment = defineResource({
	title: 'Attachment',
	value: 'attachment',
	operations: { download, getAll, upload },
	choices: [
		{
			name: 'Download',
			value: 'download',
			action: 'Download attachment',
			description: 'Get a file of a document as binary data',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many attachments',
			description: 'List the files of a document',
		},
		{
			name: 'Upload',
			value: 'upload',
			action: 'Upload attachment',
			description: 'Attach a file to a document',
		},
	],
	default: 'upload',
});
