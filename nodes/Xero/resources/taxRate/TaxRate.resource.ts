import type { INodeProperties } from 'n8n-workflow';

import * as create from './create.operation';
import * as remove from './delete.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

export const operations = {
	create,
	delete: remove,
	getAll,
	update,
};

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['taxRate'] } },
	options: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create tax rate',
			description: 'Create a tax rate of your own',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete tax rate',
			description: 'Delete a tax rate of your own permanently',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many tax rates',
			description: 'List the tax rates',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update tax rate',
			description: 'Change a tax rate of your own; fields that are left out keep their values',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
