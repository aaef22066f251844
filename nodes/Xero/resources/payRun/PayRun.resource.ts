import type { INodeProperties } from 'n8n-workflow';

import * as getAll from './getAll.operation';

export const operations = { getAll };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['payRun'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many pay runs',
			description: 'List the pay runs',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [operation, ...getAll.description];
