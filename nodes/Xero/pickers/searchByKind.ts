import { NodeOperationError } from 'n8n-workflow';

import { entityLists } from './entityLists';
import { searchAccountRecords } from './searchAccountRecords';
import { searchContacts } from './searchContacts';
import { searchInvoices } from './searchInvoices';
import { searchItemRecords } from './searchItemRecords';
import type { SearchMethod } from './SearchMethod';
import { searchPurchaseOrders } from './searchPurchaseOrders';
import { searchQuotes } from './searchQuotes';

/** Documents that files are attached to, by the field *Document Type*. */
export const searchDocuments = searchByKind('documentType', {
	Accounts: searchAccountRecords,
	BankTransactions: entityLists.searchBankTransactions,
	BankTransfers: entityLists.searchBankTransfers,
	Contacts: searchContacts,
	CreditNotes: entityLists.searchCreditNotes,
	Invoices: searchInvoices,
	ManualJournals: entityLists.searchManualJournals,
	PurchaseOrders: searchPurchaseOrders,
	Quotes: searchQuotes,
	RepeatingInvoices: entityLists.searchRepeatingInvoices,
});

/** Records that files of the library are tied to, by the field *Record Type*. */
export const searchFiledRecords = searchByKind('objectGroup', {
	Account: searchAccountRecords,
	BankTransaction: entityLists.searchBankTransactions,
	Contact: searchContacts,
	CreditNote: entityLists.searchCreditNotes,
	Invoice: searchInvoices,
	Item: searchItemRecords,
	ManualJournal: entityLists.searchManualJournals,
	Overpayment: entityLists.searchOverpayments,
	Payment: entityLists.searchPayments,
	Prepayment: entityLists.searchPrepayments,
	Quote: searchQuotes,
});

/** The list of the kind that another field of the node names; that of invoices where it is not set. */
function searchByKind(
	parameter: string,
	methods: Readonly<Record<string, SearchMethod>>,
): SearchMethod {
	return async function (filter, paginationToken) {
		const kind = String(this.getCurrentNodeParameter(parameter) ?? '');
		const method = kind === '' ? searchInvoices : methods[kind];
		if (method === undefined) {
			throw new NodeOperationError(this.getNode(), 'There is no list of this kind of record', {
				description: 'Give the ID of the record, or choose its kind without an expression.',
			});
		}
		return await method.call(this, filter, paginationToken);
	};
}
