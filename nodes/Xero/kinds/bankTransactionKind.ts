import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import { documentLines } from '../requests/RecordTraits';
import type { RecordKind } from './RecordKind';

/** `unitdp=4` keeps four decimals of a unit amount instead of two. */
export const bankTransactionKind: RecordKind = {
	collection: {
		name: 'BankTransactions',
		path: 'api.xro/2.0/BankTransactions',
		idField: 'BankTransactionID',
		label: 'bank transaction',
		scope: 'accounting.banktransactions',
		bulkWhere: true,
		query: { unitdp: '4' },
		traits: {
			members: ['Type', 'BankAccount', 'Contact', 'Date', 'Reference', 'CurrencyCode'],
			parts: documentLines,
		},
		changes: { note: 'Deleted ones come too: see Status.' },
	},
	codes: {},
	locator: recordLocator({
		displayName: 'Bank Transaction',
		name: 'bankTransaction',
		searchListMethod: 'searchBankTransactions',
		noun: 'a bank transaction',
		exampleUrl:
			'https://go.xero.com/Bank/ViewTransaction.aspx?bankTransactionID=db54aab0-ad40-4ced-bcff-0940ba20db2c',
		required: true,
	}),
	simplify: simplifyBankTransaction,
};

/** The ten fields that say what it was for, from which account and how much. */
function simplifyBankTransaction(transaction: IDataObject): IDataObject {
	const contact = transaction.Contact as IDataObject | undefined;
	const account = transaction.BankAccount as IDataObject | undefined;
	return {
		ContactName: contact?.Name,
		Total: transaction.Total,
		CurrencyCode: transaction.CurrencyCode,
		Status: transaction.Status,
		Type: transaction.Type,
		Date: transaction.Date,
		Reference: transaction.Reference,
		BankAccountName: account?.Name,
		IsReconciled: transaction.IsReconciled,
		BankTransactionID: transaction.BankTransactionID,
	};
}
