import type { INodeProperties } from 'n8n-workflow';

import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const operations = {
	get,
	getAll,
};

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['brandingTheme'] } },
	options: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get branding theme',
			description: 'Get a branding theme by its ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many branding themes',
			description: 'List the branding themes',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
