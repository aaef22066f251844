import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as deletePayment from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';
import * as push from './push.operation';

export const payment = defineResource({
	title: 'Payment',
	value: 'payment',
	operations: {
		addNote,
		create,
		delete: deletePayment,
		get,
		getAll,
		getHistory,
		push,
	},
	choices: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to payment',
			description: 'Add a note to the history of a payment',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create payment',
			description: 'Pay an invoice or bill, or refund a credit note, prepayment or overpayment',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete payment',
			description: 'Permanently delete a payment; its document then owes the amount again',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get payment',
			description: 'Get a payment by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of payment',
			description: 'List the changes and notes of a payment',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many payments',
			description: 'Search and list payments',
		},
		{
			name: 'Push',
			value: 'push',
			action: 'Push payment',
			description:
				'Bring a payment of another system to Xero through the hub: made once, then kept up to date',
		},
	],
	default: 'create',
	returnable: `
		Account AccountCode Amount BankAccountNumber BankAmount BatchPayment BatchPaymentID Code
		ContactName CreditNote CreditNoteNumber CurrencyRate Date Details DocumentID DocumentNumber
		Invoice InvoiceNumber IsReconciled Overpayment Particulars PaymentType Prepayment Reference
		Status UpdatedDateUTC
	`,
});
