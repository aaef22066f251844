import type { INodeProperties } from 'n8n-workflow';

import * as getAll from './getAll.operation';

export const operations = { getAll };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['timesheet'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many timesheets',
			description: 'List the timesheets of employees',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [operation, ...getAll.description];
