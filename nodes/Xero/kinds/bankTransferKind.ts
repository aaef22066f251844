import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

export const bankTransferKind: RecordKind = {
	collection: {
		name: 'BankTransfers',
		path: 'api.xro/2.0/BankTransfers',
		idField: 'BankTransferID',
		label: 'bank transfer',
		scope: 'accounting.banktransactions',
		query: {},
		paging: 'none',
		writes: 'one',
		changes: {
			note: 'A transfer comes once, when it is made: Xero does not say when one was deleted.',
		},
	},
	locator: recordLocator({
		displayName: 'Bank Transfer',
		name: 'bankTransfer',
		searchListMethod: 'searchBankTransfers',
		noun: 'a bank transfer',
		required: true,
	}),
	simplify: simplifyBankTransfer,
};

/** The ten fields that say how much went where. */
function simplifyBankTransfer(transfer: IDataObject): IDataObject {
	const from = transfer.FromBankAccount as IDataObject | undefined;
	const to = transfer.ToBankAccount as IDataObject | undefined;
	return {
		FromBankAccountName: from?.Name,
		ToBankAccountName: to?.Name,
		Amount: transfer.Amount,
		Status: transfer.Status,
		Date: transfer.Date,
		Reference: transfer.Reference,
		FromIsReconciled: transfer.FromIsReconciled,
		ToIsReconciled: transfer.ToIsReconciled,
		CreatedDateUTC: transfer.CreatedDateUTC,
		BankTransferID: transfer.BankTransferID,
	};
}
