import { recordLocator } from '../fields/recordLocator';

/** Picks the invoice or bill that an operation is about. */
export function invoiceLocator(description: string): ReturnType<typeof recordLocator> {
	return recordLocator({
		displayName: 'Invoice',
		name: 'invoice',
		description,
		searchListMethod: 'searchInvoices',
		noun: 'an invoice',
		exampleUrl: 'https://go.xero.com/app/invoicing/view/243216c5-369e-4056-ac67-05388f86dc81',
		required: true,
	});
}
