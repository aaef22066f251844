/** Bank Feeds counts money in ten-thousandths: decimal(19,4). */
export const PLACES = 4;

/** One movement on the account. */
export interface StatementLine {
	/** `YYYY-MM-DD`. */
	readonly postedDate: string;
	/** Ten-thousandths; money in is positive. */
	readonly amount: bigint;
	/** Description, payee and the like, under Xero's names. */
	readonly texts: Readonly<Record<string, string>>;
}

/** A statement that adds up, its lines oldest first. */
export interface Statement {
	readonly feedConnectionId: string;
	readonly startDate: string;
	readonly endDate: string;
	readonly startBalance: bigint;
	readonly endBalance: bigint;
	readonly lines: readonly StatementLine[];
}
