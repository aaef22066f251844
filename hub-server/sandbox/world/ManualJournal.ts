import type { LineAmountTypes, LineTracking } from './Books';
import type { Cents } from './decimal';
import type { TableRow } from './Table';

export interface ManualJournal extends TableRow {
	readonly narration: string;
	readonly status: 'DRAFT' | 'POSTED' | 'DELETED' | 'VOIDED';
	readonly dateMs: number;
	readonly lineAmountTypes: LineAmountTypes;
	readonly lines: readonly ManualJournalLine[];
	readonly showOnCashBasisReports: boolean;
	readonly url: string | undefined;
}

/** Amounts are debits above zero and credits below. */
export interface ManualJournalLine {
	readonly description: string | undefined;
	readonly lineAmount: Cents;
	readonly taxAmount: Cents;
	readonly taxType: string;
	readonly accountCode: string | undefined;
	readonly tracking: readonly LineTracking[];
}
