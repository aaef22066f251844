import type { INodeProperties } from 'n8n-workflow';

import * as addNote from './addNote.operation';
import * as allocate from './allocate.operation';
import * as deleteAllocation from './deleteAllocation.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';

export const operations = { addNote, allocate, deleteAllocation, get, getAll, getHistory };

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['prepayment'] } },
	options: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to prepayment',
			description: 'Add a note to the history of a prepayment',
		},
		{
			name: 'Allocate',
			value: 'allocate',
			action: 'Allocate prepayment',
			description: 'Use some of the credit for an invoice or bill of the same contact',
		},
		{
			name: 'Delete Allocation',
			value: 'deleteAllocation',
			action: 'Delete allocation of prepayment',
			description: 'Permanently delete an allocation; the invoice then owes the amount again',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get prepayment',
			description: 'Get a prepayment by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of prepayment',
			description: 'List the changes and notes of a prepayment',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many prepayments',
			description: 'Search and list prepayments',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
