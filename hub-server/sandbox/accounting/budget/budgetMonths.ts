/** Months as `2026-11`, in order; Xero gives 24 in one request at most. */
export interface BudgetMonths {
	readonly from: string;
	readonly to: string;
}

const MOST_MONTHS = 24;

/**
 * The months of a request. Without a period Xero gives "the previous, current & next month".
 *
 * @param fromMs and `toMs`: days, midnight UTC in milliseconds
 * @returns undefined for more than Xero gives in one request
 */
export function budgetMonths(
	nowMs: number,
	fromMs: number | undefined,
	toMs: number | undefined,
): BudgetMonths | undefined {
	const current = monthNumber(nowMs);
	const from = fromMs === undefined ? current - 1 : monthNumber(fromMs);
	const to = toMs === undefined ? Math.max(current + 1, from) : monthNumber(toMs);
	return to - from >= MOST_MONTHS ? undefined : { from: monthName(from), to: monthName(to) };
}

/** `2026-11` of a moment. */
export function monthOf(ms: number): string {
	return monthName(monthNumber(ms));
}

function monthNumber(ms: number): number {
	const date = new Date(ms);
	return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function monthName(months: number): string {
	return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}
