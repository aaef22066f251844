import type { ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';

/** Whether Xero reminds customers of overdue invoices; switched in Xero itself, and off here. */
export const invoiceReminders: ApiResource = {
	name: 'InvoiceReminders',
	scopes: ['accounting.settings'],
	routes: [
		{
			method: 'GET',
			path: '/InvoiceReminders/Settings',
			handle: (call) => envelope(call, 'InvoiceReminders', [{ Enabled: false }]),
		},
	],
};
