import type { INodeProperties } from 'n8n-workflow';

import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';
import * as update from './update.operation';
import * as upsert from './upsert.operation';

export const operations = { addNote, create, get, getAll, getHistory, update, upsert };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['invoice'] } },
	options: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to invoice',
			description: 'Add a note to the history',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create invoice',
			description: 'Create a sales invoice or a bill',
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			action: 'Create or update invoice',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get invoice',
			description: 'Get a sales invoice or a bill by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of invoice',
			description: 'List the changes and notes',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many invoices',
			description: 'Search and list sales invoices and bills',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update invoice',
			description: 'Change an invoice or a bill; fields that are left out keep their values',
		},
	],
	default: 'create',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
