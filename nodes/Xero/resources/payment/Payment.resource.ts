import type { INodeProperties } from 'n8n-workflow';

import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as deletePayment from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';

export const operations = { addNote, create, delete: deletePayment, get, getAll, getHistory };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['payment'] } },
	options: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to payment',
			description: 'Add a note to the history of a payment',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create payment',
			description: 'Pay an invoice or bill, or refund a credit note, prepayment or overpayment',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete payment',
			description: 'Permanently delete a payment; its document then owes the amount again',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get payment',
			description: 'Get a payment by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of payment',
			description: 'List the changes and notes of a payment',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many payments',
			description: 'Search and list payments',
		},
	],
	default: 'create',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
