import type { INodeProperties } from 'n8n-workflow';

import * as get from './get.operation';
import * as getApiBudget from './getApiBudget.operation';
import * as getPermittedActions from './getPermittedActions.operation';

export const operations = {
	get,
	getApiBudget,
	getPermittedActions,
};

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['organisation'] } },
	options: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get organisation',
			description: 'Get name, currency, tax and year-end settings and lock dates',
		},
		{
			name: 'Get API Budget',
			value: 'getApiBudget',
			action: 'Get API budget of organisation',
			description: "Read how many calls Xero's limits leave today and this minute",
		},
		{
			name: 'Get Permitted Actions',
			value: 'getPermittedActions',
			action: 'Get permitted actions of organisation',
			description: "Read what the organisation's plan and the connected user allow",
		},
	],
	default: 'get',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
