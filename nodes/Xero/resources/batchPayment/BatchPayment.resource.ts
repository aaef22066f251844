import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as deleteBatch from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';

export const batchPayment = defineResource({
	title: 'Batch Payment',
	value: 'batchPayment',
	operations: { addNote, create, delete: deleteBatch, get, getAll, getHistory },
	choices: [
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
	returnable: `
		Account AccountID Amount Code Date Details IsReconciled Narrative Particulars PaymentCount
		Payments Reference Status TotalAmount Type UpdatedDateUTC
	`,
});
