import type { INodeProperties } from 'n8n-workflow';

import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as deleteBatch from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';

export const operations = { addNote, create, delete: deleteBatch, get, getAll, getHistory };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['batchPayment'] } },
	options: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to batch payment',
			description: 'Add a note to the history of a batch payment',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create batch payment',
			description: 'Pay several invoices, or several bills, as one amount',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete batch payment',
			description: 'Permanently delete a batch with all its payments',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get batch payment',
			description: 'Get a batch payment by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of batch payment',
			description: 'List the changes and notes of a batch payment',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many batch payments',
			description: 'Search and list batch payments',
		},
	],
	default: 'create',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
