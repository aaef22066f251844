import type { INodeProperties } from 'n8n-workflow';

import * as archive from './archive.operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

export const operations = {
	archive,
	create,
	delete: remove,
	get,
	getAll,
	update,
};

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['account'] } },
	options: [
		{
			name: 'Archive',
			value: 'archive',
			action: 'Archive account',
			description: 'Archive an account, so that nothing new is booked on it',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create account',
			description: 'Add an account to the chart',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete account',
			description: 'Permanently delete an account that was never used',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get account',
			description: 'Get an account by its ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many accounts',
			description: 'List the chart of accounts',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update account',
			description: 'Change an account; fields that are left out keep their values',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
