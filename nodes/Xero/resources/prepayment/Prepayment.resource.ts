import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as allocate from './allocate.operation';
import * as deleteAllocation from './deleteAllocation.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';

export const prepayment = defineResource({
	title: 'Prepayment',
	value: 'prepayment',
	operations: { addNote, allocate, deleteAllocation, get, getAll, getHistory },
	choices: [
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
	returnable: `
		Allocations AppliedAmount BrandingThemeID Contact ContactName CurrencyCode CurrencyRate Date
		HasAttachments InvoiceNumber LineAmountTypes LineItems Payments Reference RemainingCredit
		Status SubTotal Total TotalTax Type UpdatedDateUTC
	`,
});
