import type { INodeProperties } from 'n8n-workflow';

import * as getAll from './getAll.operation';

export const operations = { getAll };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['asset'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many assets',
			description: 'List the fixed assets of one status',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [operation, ...getAll.description];
