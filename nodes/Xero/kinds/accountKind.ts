import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

export const accountKind: RecordKind = {
	collection: {
		name: 'Accounts',
		path: 'api.xro/2.0/Accounts',
		idField: 'AccountID',
		label: 'account',
		scope: 'accounting.settings',
		query: {},
		paging: 'none',
		writes: 'one',
		changes: {
			note: 'Archived accounts come too: see Status. Deleted ones are gone from Xero and do not come.',
		},
	},
	locator: recordLocator({
		displayName: 'Account',
		name: 'account',
		searchListMethod: 'searchAccountRecords',
		noun: 'an account',
		required: true,
	}),
	simplify: simplifyAccount,
};

/** The ten fields that say what it is. */
function simplifyAccount(account: IDataObject): IDataObject {
	return {
		Code: account.Code,
		Name: account.Name,
		Type: account.Type,
		Class: account.Class,
		Status: account.Status,
		TaxType: account.TaxType,
		Description: account.Description,
		BankAccountNumber: account.BankAccountNumber,
		CurrencyCode: account.CurrencyCode,
		AccountID: account.AccountID,
	};
}
