import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';
import * as push from './push.operation';
import * as update from './update.operation';

export const bankTransaction = defineResource({
	title: 'Bank Transaction',
	value: 'bankTransaction',
	operations: {
		addNote,
		create,
		delete: remove,
		get,
		getAll,
		getHistory,
		push,
		update,
	},
	choices: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to bank transaction',
			description: 'Add a note to the history of a bank transaction',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create bank transaction',
			description: 'Record money spent or received',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete bank transaction',
			description: 'Permanently delete a transaction that is not reconciled',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get bank transaction',
			description: 'Get money spent or received by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of bank transaction',
			description: 'List the changes and notes of a bank transaction',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many bank transactions',
			description: 'List money spent and received',
		},
		{
			name: 'Push',
			value: 'push',
			action: 'Push bank transaction',
			description:
				'Bring a bank transaction of another system to Xero through the hub: made once, then kept up to date',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update bank transaction',
			description: 'Change a transaction; fields that are left out keep their values',
		},
	],
	default: 'create',
	returnable: `
		BankAccount BankAccountName Contact ContactName CurrencyCode CurrencyRate Date
		HasAttachments IsReconciled LineAmountTypes LineItems OverpaymentID PrepaymentID Reference
		Status SubTotal Total TotalTax Type UpdatedDateUTC Url
	`,
});
