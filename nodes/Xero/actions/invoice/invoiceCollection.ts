import type { XeroCollection } from '../shared/XeroCollection';

/** Sales invoices and bills. `unitdp=4` keeps four decimals of a unit amount instead of two. */
export const invoiceCollection: XeroCollection = {
	name: 'Invoices',
	path: 'api.xro/2.0/Invoices',
	idField: 'InvoiceID',
	label: 'invoice',
	scope: 'accounting.invoices',
	query: { unitdp: '4' },
};
