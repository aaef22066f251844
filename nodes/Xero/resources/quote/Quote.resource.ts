import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as changeStatus from './changeStatus.operation';
import * as create from './create.operation';
import * as deleteQuote from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';
import * as getPdf from './getPdf.operation';
import * as update from './update.operation';

export const quote = defineResource({
	title: 'Quote',
	value: 'quote',
	operations: {
		addNote,
		changeStatus,
		create,
		delete: deleteQuote,
		get,
		getAll,
		getHistory,
		getPdf,
		update,
	},
	choices: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to quote',
			description: 'Add a note to the history of a quote',
		},
		{
			name: 'Change Status',
			value: 'changeStatus',
			action: 'Change status of quote',
			description: 'Mark as sent, accepted, declined or invoiced',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create quote',
			description: 'Create a quote, as a draft or marked as sent',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete quote',
			description: 'Permanently delete a quote of any status',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get quote',
			description: 'Get a quote by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of quote',
			description: 'List the changes and notes of a quote',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many quotes',
			description: 'Search and list quotes',
		},
		{
			name: 'Get PDF',
			value: 'getPdf',
			action: 'Get PDF of quote',
			description: 'Get the quote as a PDF file',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update quote',
			description: 'Change a quote; fields that are left out keep their values',
		},
	],
	default: 'create',
	returnable: `
		BrandingThemeID Contact ContactName CurrencyCode CurrencyRate Date ExpiryDate
		LineAmountTypes LineItems QuoteNumber Reference Status SubTotal Summary Terms Title Total
		TotalDiscount TotalTax UpdatedDateUTC
	`,
});
