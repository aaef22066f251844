import type { TableRow } from './Table';

/** A billable expense: a line of a purchase that a customer is to pay, and the sale that it was billed on. */
export interface LinkedTransaction extends TableRow {
	/** A bill, or a bank transaction that spends. */
	readonly sourceId: string;
	readonly sourceLineId: string;
	/** The customer. */
	readonly contactId: string | undefined;
	/** A sales invoice. */
	readonly targetId: string | undefined;
	readonly targetLineId: string | undefined;
}
