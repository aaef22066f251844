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
	displayOptions: { show: { resource: ['overpayment'] } },
	options: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to overpayment',
			description: 'Add a note to the history of an overpayment',
		},
		{
			name: 'Allocate',
			value: 'allocate',
			action: 'Allocate overpayment',
			description: 'Use some of the credit for an invoice or bill of the same contact',
		},
		{
			name: 'Delete Allocation',
			value: 'deleteAllocation',
			action: 'Delete allocation of overpayment',
			description: 'Permanently delete an allocation; the invoice then owes the amount again',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get overpayment',
			description: 'Get an overpayment by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of overpayment',
			description: 'List the changes and notes of an overpayment',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many overpayments',
			description: 'Search and list overpayments',
		},
	],
	default: 'getAll',
};

export const description: INodeProperties[] = [
	operation,
	...Object.values(operations).flatMap((module) => module.description),
];
