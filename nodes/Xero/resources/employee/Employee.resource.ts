import type { INodeProperties } from 'n8n-workflow';

import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const operations = { get, getAll };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['employee'] } },
	options: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get employee',
			description: 'Get an employee of the payroll by their ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many employees',
			description: 'List the employees of the payroll',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
