import type { IDataObject } from 'n8n-workflow';

import type { SearchMethod } from './SearchMethod';
import { searchPages } from './searchPages';

/** Newest first; bills and sales invoices together, told apart by their contact and status. */
export const searchInvoices: SearchMethod = async function (filter, paginationToken) {
	return await searchPages(
		this,
		'Invoices',
		{ order: 'Date DESC', summaryOnly: 'true' },
		(invoice) => ({
			name: label(invoice),
			value: String(invoice.InvoiceID),
			url: pageOf(invoice),
		}),
		filter,
		paginationToken,
	);
};

function label({ InvoiceNumber, Type, Contact, Status }: IDataObject): string {
	const kind = Type === 'ACCPAY' ? 'Bill' : 'Invoice';
	const contact = (Contact as IDataObject | undefined)?.Name;
	return [InvoiceNumber || kind, contact, Status].filter(Boolean).join(' · ');
}

/** Xero shows a bill on another page than a sales invoice. */
function pageOf({ Type, InvoiceID }: IDataObject): string {
	return Type === 'ACCPAY'
		? `https://go.xero.com/AccountsPayable/Edit.aspx?InvoiceID=${InvoiceID}`
		: `https://go.xero.com/app/invoicing/view/${InvoiceID}`;
}
