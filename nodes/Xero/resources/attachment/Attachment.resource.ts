import type { INodeProperties } from 'n8n-workflow';

import * as download from './download.operation';
import * as getAll from './getAll.operation';
import * as upload from './upload.operation';

export const operations = { download, getAll, upload };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['attachment'] } },
	options: [
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
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
