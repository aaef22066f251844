import type { StoredFields } from './Books';
import type { CreditKind } from './Credit';
import type { Cents } from './decimal';
import type { TableRow } from './Table';

/** Money for one document: a payment of an invoice or bill, or the refund of a credit. */
export interface Payment extends TableRow {
	readonly documentKind: 'Invoice' | CreditKind;
	readonly documentId: string;
	/** Undefined where the account is not known, as of payments that a conversion brought. */
	readonly accountId: string | undefined;
	/** Midnight UTC of the organisation's local day. */
	readonly dateMs: number;
	readonly amount: Cents;
	/** In the account's currency. */
	readonly bankAmount: Cents;
	/** Millionths. */
	readonly currencyRate: number;
	readonly reference: string | undefined;
	readonly status: 'AUTHORISED' | 'DELETED';
	readonly isReconciled: boolean;
	readonly batchPaymentId: string | undefined;
	/** BankAccountNumber, Particulars, Details. */
	readonly fields: StoredFields;
}

/** Payments that stand as one amount on the bank statement. */
export interface BatchPayment extends TableRow {
	readonly type: 'PAYBATCH' | 'RECBATCH';
	readonly accountId: string;
	readonly dateMs: number;
	readonly totalAmount: Cents;
	readonly status: 'AUTHORISED' | 'DELETED';
	readonly isReconciled: boolean;
	/** Reference, Particulars, Code, Details, Narrative. */
	readonly fields: StoredFields;
}
