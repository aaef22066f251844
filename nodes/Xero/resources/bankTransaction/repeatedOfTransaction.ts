import type { IDataObject } from 'n8n-workflow';

import type { Members } from '../../fields/Field';

/**
 * What Xero's contract wants with every change of a bank transaction, deletion included, besides its
 * lines: its type and its account.
 */
export function repeatedOfTransaction({ Type, BankAccount: account }: IDataObject): Members {
	return {
		Type,
		BankAccount: { AccountID: (account as IDataObject | undefined)?.AccountID },
	};
}
