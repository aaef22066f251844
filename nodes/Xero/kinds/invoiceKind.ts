import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';
import { simplifyInvoice } from './simplifyInvoice';

/** Sales invoices and bills. `unitdp=4` keeps four decimals of a unit amount instead of two. */
export const invoiceKind: RecordKind = {
	collection: {
		name: 'Invoices',
		path: 'api.xro/2.0/Invoices',
		idField: 'InvoiceID',
		label: 'invoice',
		scope: 'accounting.invoices',
		query: { unitdp: '4' },
		bulkIds: true,
	},
	locator: recordLocator({
		displayName: 'Invoice',
		name: 'invoice',
		searchListMethod: 'searchInvoices',
		noun: 'an invoice',
		exampleUrl: 'https://go.xero.com/app/invoicing/view/243216c5-369e-4056-ac67-05388f86dc81',
		required: true,
	}),
	simplify: simplifyInvoice,
};
