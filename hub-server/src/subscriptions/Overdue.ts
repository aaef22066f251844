/** What an overdue event tells; it stands in its `data`. */
export interface Overdue {
	/** As `2026-11-30`. */
	readonly dueDate: string;
	/** Due on Monday, it is overdue by one day on Tuesday. */
	readonly overdueDays: number;
}

/**
 * @param original of an event; only the hub's own clock makes one that is overdue
 * @returns undefined for a change
 */
export function readOverdue(
	source: 'webhook' | 'sync',
	original: Readonly<Record<string, unknown>>,
): Overdue | undefined {
	const data = source === 'sync' ? (original['data'] as Partial<Overdue> | undefined) : undefined;
	const { dueDate, overdueDays } = data ?? {};
	return dueDate === undefined || overdueDays === undefined ? undefined : { dueDate, overdueDays };
}
