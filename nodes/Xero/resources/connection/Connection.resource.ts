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
	displayOptions: { show: { resource: ['connection'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many connections',
			description: 'List the organisations that this credential reaches',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
