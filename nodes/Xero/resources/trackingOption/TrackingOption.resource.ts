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
	displayOptions: { show: { resource: ['trackingOption'] } },
	options: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create tracking option',
			description: 'Add an option to a tracking category',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete tracking option',
			description: 'Delete an option permanently',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many tracking options',
			description: 'List the options of a tracking category',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update tracking option',
			description: 'Rename, archive or restore an option',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
