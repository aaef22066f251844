import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';

export const bankTransfer = defineResource({
	title: 'Bank Transfer',
	value: 'bankTransfer',
	operations: {
		addNote,
		create,
		delete: remove,
		get,
		getAll,
		getHistory,
	},
	choices: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to bank transfer',
			description: 'Add a note to the history of a bank transfer',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create bank transfer',
			description: 'Record money moved between two bank accounts',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete bank transfer',
			description: 'Permanently delete a transfer that is not reconciled',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get bank transfer',
			description: 'Get a transfer by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of bank transfer',
			description: 'List the changes and notes of a bank transfer',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many bank transfers',
			description: 'List transfers between bank accounts',
		},
	],
	default: 'create',
	returnable: `
		Amount CreatedDateUTC CurrencyRate Date FromBankAccount FromBankAccountName
		FromBankTransactionID FromIsReconciled FromTracking HasAttachments Reference Status
		ToBankAccount ToBankAccountName ToBankTransactionID ToIsReconciled ToTracking
	`,
});
