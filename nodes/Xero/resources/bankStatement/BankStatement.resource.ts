import type { INodeProperties } from 'n8n-workflow';

import * as create from './create.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const operations = { create, get, getAll };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['bankStatement'] } },
	options: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create bank statement',
			description: 'Send lines of a bank account into its feed',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get bank statement',
			description: 'Get a statement and what became of it',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many bank statements',
			description: 'List the statements that this app sent',
		},
	],
	default: 'create',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
