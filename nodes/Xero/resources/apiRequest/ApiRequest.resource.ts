import type { INodeProperties } from 'n8n-workflow';

import * as send from './send.operation';

export const operations = { send };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['apiRequest'] } },
	options: [
		{
			name: 'Send',
			value: 'send',
			action: 'Send API request',
			description: 'Send any request of Xero’s APIs for organisations, to read or to change',
		},
	],
	default: 'send',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
