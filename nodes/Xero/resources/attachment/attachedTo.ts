import type { INodeProperties } from 'n8n-workflow';

import { success, type Outcome } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { recordLocator } from '../../fields/recordLocator';
import type { OperationRun } from '../../run/OperationRun';

/** Opens attachments of every kind of document. */
export const ATTACHMENTS_SCOPE = 'accounting.attachments';

const documentLocator = recordLocator({
	displayName: 'Document',
	name: 'documentId',
	searchListMethod: 'searchDocuments',
	noun: 'a document',
	exampleUrl: 'https://go.xero.com/app/invoicing/view/243216c5-369e-4056-ac67-05388f86dc81',
	required: true,
});

/** Which document's files an operation is about. */
export const attachedToFields: INodeProperties[] = [
	{
		displayName: 'Document Type',
		name: 'documentType',
		type: 'options',
		options: [
			{ name: 'Account', value: 'Accounts' },
			{ name: 'Bank Transaction', value: 'BankTransactions' },
			{ name: 'Bank Transfer', value: 'BankTransfers' },
			{ name: 'Contact', value: 'Contacts' },
			{ name: 'Credit Note', value: 'CreditNotes' },
			{ name: 'Invoice or Bill', value: 'Invoices' },
			{ name: 'Manual Journal', value: 'ManualJournals' },
			{ name: 'Purchase Order', value: 'PurchaseOrders' },
			{ name: 'Quote', value: 'Quotes' },
			{ name: 'Repeating Invoice', value: 'RepeatingInvoices' },
		],
		default: 'Invoices',
		description: 'What the file belongs to',
	},
	{
		...documentLocator.field('The document that has the files'),
		typeOptions: { loadOptionsDependsOn: ['documentType'] },
	},
];

/** Where the files of the item's document stand, below Xero's host. */
export function attachmentsPath(run: OperationRun, item: number): Outcome<string> {
	const type = String(run.parameter('documentType', item, 'Invoices'));
	const id = pickedId(run, documentLocator, item);
	return id.ok ? success(`api.xro/2.0/${encodeURIComponent(type)}/${id.value}/Attachments`) : id;
}
