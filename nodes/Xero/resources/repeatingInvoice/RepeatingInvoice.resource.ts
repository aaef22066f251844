import type { INodeProperties } from 'n8n-workflow';

import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as deleteTemplate from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';

export const operations = { addNote, create, delete: deleteTemplate, get, getAll, getHistory };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['repeatingInvoice'] } },
	options: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to repeating invoice',
			description: 'Add a note to the history of a repeating invoice',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create repeating invoice',
			description: 'Create a template from which Xero makes sales invoices',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete repeating invoice',
			description: 'Permanently delete a template; the invoices that came of it stay',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get repeating invoice',
			description: 'Get a template by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of repeating invoice',
			description: 'List the changes and notes of a repeating invoice',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many repeating invoices',
			description: 'Search and list templates',
		},
	],
	default: 'create',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
