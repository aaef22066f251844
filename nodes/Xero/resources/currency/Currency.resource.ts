import type { INodeProperties } from 'n8n-workflow';

import * as getAll from './getAll.operation';

export const operations = {
	getAll,
};

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['currency'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many currencies',
			description: 'List the currencies the organisation uses',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
