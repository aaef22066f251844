import type { IDataObject } from 'n8n-workflow';

import type { Members } from '../fields/Field';
import { writableLine } from '../fields/writableLine';

/**
 * What Xero's contract wants with every change of a bank transaction, deletion included: its type, its
 * account and its lines. Tax is left to Xero where the amounts no longer mean what they did.
 */
export function repeatedOfTransaction(transaction: IDataObject, change: Members = {}): Members {
	const { Type, BankAccount: account, LineItems: lines, LineAmountTypes: types } = transaction;
	const isReread = (change['LineAmountTypes'] ?? types) !== types;
	return {
		Type,
		BankAccount: { AccountID: (account as IDataObject | undefined)?.AccountID },
		LineItems: ((lines as IDataObject[] | undefined) ?? []).map((line) => {
			const { TaxAmount, ...others } = writableLine(line);
			return isReread ? others : { ...others, TaxAmount };
		}),
	};
}
