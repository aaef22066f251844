import { recordLocator } from '../fields/recordLocator';
import { documentLines } from '../requests/RecordTraits';
import { isBlank } from '../values/isBlank';
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
		traits: {
			members: ['Type', 'InvoiceNumber', 'Contact', 'Date', 'Reference', 'CurrencyCode', 'DueDate'],
			parts: documentLines,
			// Xero finds a sales invoice by its number, and makes another bill of each that it is given.
			namesOne: ({ Type, InvoiceNumber }) => Type === 'ACCREC' && !isBlank(InvoiceNumber),
		},
		changes: {
			query: { includeArchived: 'true' },
			note: 'Voided and deleted ones come too: see Status. Xero does not count a new due date of a part-paid one as a change.',
		},
	},
	codes: {},
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
