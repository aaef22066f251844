import { defineResource } from '../../operations/defineResource';
import * as addLines from './addLines.operation';
import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as email from './email.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';
import * as getOnlineUrl from './getOnlineUrl.operation';
import * as getPdf from './getPdf.operation';
import * as push from './push.operation';
import * as update from './update.operation';
import * as upsert from './upsert.operation';
import * as voidOrDelete from './voidOrDelete.operation';

export const invoice = defineResource({
	title: 'Invoice',
	value: 'invoice',
	operations: {
		addLines,
		addNote,
		create,
		email,
		get,
		getAll,
		getHistory,
		getOnlineUrl,
		getPdf,
		push,
		update,
		upsert,
		voidOrDelete,
	},
	choices: [
		{
			name: 'Add Lines',
			value: 'addLines',
			action: 'Add lines to invoice or bill',
			description: 'Add lines and keep those that are there; Xero shows new ones first',
		},
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to invoice or bill',
			description: 'Add a note to the history of an invoice or bill',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create invoice or bill',
			description: 'Create a sales invoice or a bill',
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			action: 'Create or update invoice or bill',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
		},
		{
			name: 'Email',
			value: 'email',
			action: 'Email invoice',
			description: 'Send an approved sales invoice to its contact, from Xero',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get invoice or bill',
			description: 'Get a sales invoice or a bill by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of invoice or bill',
			description: 'List the changes and notes of an invoice or bill',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many invoices and bills',
			description: 'Search and list sales invoices and bills',
		},
		{
			name: 'Get Online URL',
			value: 'getOnlineUrl',
			action: 'Get online URL of invoice',
			description: 'Get the address at which the customer sees the invoice',
		},
		{
			name: 'Get PDF',
			value: 'getPdf',
			action: 'Get PDF of invoice',
			description: 'Get the invoice as Xero prints it',
		},
		{
			name: 'Push',
			value: 'push',
			action: 'Push invoice or bill',
			description:
				'Bring an invoice or bill of another system to Xero through the hub: made once, then kept up to date',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update invoice or bill',
			description: 'Change an invoice or a bill; fields that are left out keep their values',
		},
		{
			name: 'Void or Delete',
			value: 'voidOrDelete',
			action: 'Void or delete invoice or bill',
			description:
				'Void an approved invoice or bill, or delete one that was never approved; neither can be undone',
		},
	],
	default: 'create',
	returnable: `
		AmountCredited AmountDue AmountPaid BrandingThemeID Contact ContactName CreditNotes
		CurrencyCode CurrencyRate Date DueDate ExpectedPaymentDate FullyPaidOnDate HasAttachments
		InvoiceNumber LineAmountTypes LineItems Overpayments Payments PlannedPaymentDate Prepayments
		Reference RepeatingInvoiceID SentToContact Status SubTotal Total TotalDiscount TotalTax Type
		UpdatedDateUTC Url
	`,
});
