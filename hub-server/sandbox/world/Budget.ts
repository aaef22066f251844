import type { LineTracking } from './Books';
import type { Cents } from './decimal';
import type { TableRow } from './Table';

/** What an organisation means to earn and spend. */
export interface Budget extends TableRow {
	readonly type: 'OVERALL' | 'TRACKING';
	readonly description: string;
	readonly tracking: readonly LineTracking[];
	readonly lines: readonly BudgetLine[];
}

export interface BudgetLine {
	readonly accountId: string;
	readonly balances: readonly BudgetBalance[];
}

export interface BudgetBalance {
	/** `2026-11` */
	readonly month: string;
	readonly amount: Cents;
	readonly notes: string;
}
