import type { Decimal4 } from './decimal';
import type { TableRow } from './Table';

/** One bank account that a financial institution feeds. */
export interface FeedConnection extends TableRow {
	/** The institution is the app: each sees its own connections only. */
	readonly clientId: string;
	readonly accountToken: string;
	readonly accountId: string;
	readonly accountNumber: string;
	readonly accountName: string;
	readonly accountType: 'BANK' | 'CREDITCARD';
	readonly currency: string;
	readonly country: string;
}

export interface BankStatement extends TableRow {
	readonly clientId: string;
	readonly feedConnectionId: string;
	/** `YYYY-MM-DD`. */
	readonly startDate: string;
	readonly endDate: string;
	/** Signed: CREDIT is positive. */
	readonly startBalance: Decimal4;
	readonly endBalance: Decimal4;
	readonly lines: readonly StatementLine[];
	/** When Xero has worked through it; until then it is PENDING. */
	readonly readyMs: number;
	/** Why it is REJECTED then; DELIVERED when undefined. */
	readonly rejection: string | undefined;
}

export interface StatementLine {
	readonly postedDate: string;
	readonly amount: Decimal4;
	readonly transactionId: string | undefined;
	readonly description: string;
}
