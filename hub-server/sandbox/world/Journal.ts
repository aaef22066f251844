import type { LineTracking } from './Books';
import type { Cents } from './decimal';
import type { TableRow } from './Table';

/** One posting to the general ledger; `updatedMs` is when it was made. */
export interface Journal extends TableRow {
	readonly number: number;
	readonly dateMs: number;
	readonly reference: string | undefined;
	readonly sourceId: string;
	readonly sourceType: string;
	/** Takes back the journal before it of the same source. */
	readonly isReversal: boolean;
	readonly lines: readonly JournalLine[];
}

/** Amounts are debits above zero and credits below, and add up to nothing. */
export interface JournalLine {
	readonly id: string;
	readonly accountId: string;
	readonly description: string;
	readonly netAmount: Cents;
	readonly taxAmount: Cents;
	readonly taxType: string | undefined;
	readonly tracking: readonly LineTracking[];
}
