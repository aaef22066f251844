import type { INodeProperties } from 'n8n-workflow';

import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';
import * as update from './update.operation';
import * as upsert from './upsert.operation';

export const operations = {
	addNote,
	create,
	delete: remove,
	get,
	getAll,
	getHistory,
	update,
	upsert,
};

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['item'] } },
	options: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to item',
			description: 'Add a note to the history of an item',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create item',
			description: 'Create a product or service',
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			action: 'Create or update item',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete item',
			description: 'Delete an item permanently',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get item',
			description: 'Get an item by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of item',
			description: 'List the changes and notes of an item',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many items',
			description: 'List products and services',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update item',
			description: 'Change an item; fields that are left out keep their values',
		},
	],
	default: 'create',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
