import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as deleteTemplate from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';

export const repeatingInvoice = defineResource({
	title: 'Repeating Invoice',
	value: 'repeatingInvoice',
	operations: { addNote, create, delete: deleteTemplate, get, getAll, getHistory },
	choices: [
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
	returnable: `
		ApprovedForSending BrandingThemeID Contact ContactName CurrencyCode EndDate HasAttachments
		IncludePDF LineAmountTypes LineItems MarkAsSent NextScheduledDate Period Reference Schedule
		SendCopy Status SubTotal Total TotalTax Type Unit
	`,
});
