import type { InvoiceLine, LineAmountTypes, LineTracking, StoredFields, Totals } from './Books';
import type { Cents } from './decimal';
import type { TableRow } from './Table';

/** Money spent or received, outside invoices and bills. */
export interface BankTransaction extends TableRow {
	readonly type: BankTransactionType;
	/** Undefined for the two halves of a transfer. */
	readonly contactId: string | undefined;
	readonly bankAccountId: string;
	readonly status: 'AUTHORISED' | 'DELETED';
	/** Midnight UTC of the organisation's local day. */
	readonly dateMs: number;
	readonly lineAmountTypes: LineAmountTypes;
	readonly lines: readonly InvoiceLine[];
	readonly totals: Totals;
	readonly currencyCode: string;
	/** Millionths. */
	readonly currencyRate: number;
	readonly isReconciled: boolean;
	/** The prepayment or overpayment that it made. */
	readonly creditId: string | undefined;
	/** Reference, Url. */
	readonly fields: StoredFields;
}

export type BankTransactionType =
	| 'RECEIVE'
	| 'RECEIVE-OVERPAYMENT'
	| 'RECEIVE-PREPAYMENT'
	| 'SPEND'
	| 'SPEND-OVERPAYMENT'
	| 'SPEND-PREPAYMENT'
	| 'RECEIVE-TRANSFER'
	| 'SPEND-TRANSFER';

/** Money moved between two bank accounts; each side is a bank transaction too. */
export interface BankTransfer extends TableRow {
	readonly from: TransferSide;
	readonly to: TransferSide;
	readonly amount: Cents;
	readonly dateMs: number;
	readonly reference: string | undefined;
	readonly status: 'AUTHORISED' | 'DELETED';
	readonly createdMs: number;
}

export interface TransferSide {
	readonly accountId: string;
	readonly bankTransactionId: string;
	readonly tracking: readonly LineTracking[];
}
