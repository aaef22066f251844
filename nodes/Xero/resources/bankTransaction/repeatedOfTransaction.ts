import type { IDataObject } from 'n8n-workflow';

import { keptLines } from '../../documents/keptLines';
import type { Members } from '../../fields/Field';

/**
 * What Xero's contract wants with every change of a bank transaction, deletion included: its type, its
 * account and its lines.
 */
export function repeatedOfTransaction(transaction: IDataObject, change: Members = {}): Members {
	const { Type, BankAccount: account } = transaction;
	return {
		Type,
		BankAccount: { AccountID: (account as IDataObject | undefined)?.AccountID },
		LineItems: keptLines(transaction, change),
	};
}
