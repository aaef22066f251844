import { defineResource } from '../../operations/defineResource';
import * as get from './get.operation';

export const invoiceReminder = defineResource({
	title: 'Invoice Reminder',
	value: 'invoiceReminder',
	operations: {
		get,
	},
	choices: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get invoice reminder settings',
			description: 'Get whether Xero reminds customers of overdue invoices',
		},
	],
	default: 'get',
});
