import type { INodeProperties } from 'n8n-workflow';

import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const operations = { get, getAll };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['asset'] } },
	options: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get asset',
			description: 'Get a fixed asset by its ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many assets',
			description: 'List the fixed assets of one status',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
