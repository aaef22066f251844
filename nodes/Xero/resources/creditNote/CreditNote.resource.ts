import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as allocate from './allocate.operation';
import * as create from './create.operation';
import * as deleteAllocation from './deleteAllocation.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';
import * as getPdf from './getPdf.operation';
import * as push from './push.operation';
import * as update from './update.operation';
import * as voidOrDelete from './voidOrDelete.operation';

export const creditNote = defineResource({
	title: 'Credit Note',
	value: 'creditNote',
	operations: {
		addNote,
		allocate,
		create,
		deleteAllocation,
		get,
		getAll,
		getHistory,
		getPdf,
		push,
		update,
		voidOrDelete,
	},
	choices: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to credit note',
			description: 'Add a note to the history of a credit note',
		},
		{
			name: 'Allocate',
			value: 'allocate',
			action: 'Allocate credit note',
			description: 'Use some of the credit for an invoice or bill of the same contact',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create credit note',
			description: 'Create a credit note to a customer or from a supplier',
		},
		{
			name: 'Delete Allocation',
			value: 'deleteAllocation',
			action: 'Delete allocation of credit note',
			description: 'Permanently delete an allocation; the invoice then owes the amount again',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get credit note',
			description: 'Get a credit note by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of credit note',
			description: 'List the changes and notes of a credit note',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many credit notes',
			description: 'Search and list credit notes',
		},
		{
			name: 'Get PDF',
			value: 'getPdf',
			action: 'Get PDF of credit note',
			description: 'Get the credit note as Xero prints it',
		},
		{
			name: 'Push',
			value: 'push',
			action: 'Push credit note',
			description:
				'Bring a credit note of another system to Xero through the hub: made once, then kept up to date',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update credit note',
			description: 'Change a credit note; fields that are left out keep their values',
		},
		{
			name: 'Void or Delete',
			value: 'voidOrDelete',
			action: 'Void or delete credit note',
			description:
				'Void an approved credit note, or delete one that was never approved; neither can be undone',
		},
	],
	default: 'create',
	returnable: `
		Allocations AppliedAmount BrandingThemeID Contact ContactName CreditNoteNumber CurrencyCode
		CurrencyRate Date DueDate FullyPaidOnDate HasAttachments LineAmountTypes LineItems Payments
		Reference RemainingCredit SentToContact Status SubTotal Total TotalTax Type UpdatedDateUTC
	`,
});
