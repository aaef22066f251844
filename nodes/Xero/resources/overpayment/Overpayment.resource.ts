import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as allocate from './allocate.operation';
import * as deleteAllocation from './deleteAllocation.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';

export const overpayment = defineResource({
	title: 'Overpayment',
	value: 'overpayment',
	operations: { addNote, allocate, deleteAllocation, get, getAll, getHistory },
	choices: [
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
	returnable: `
		Allocations AppliedAmount Contact ContactName CurrencyCode CurrencyRate Date HasAttachments
		LineAmountTypes LineItems Payments Reference RemainingCredit Status SubTotal Total TotalTax
		Type UpdatedDateUTC
	`,
});
