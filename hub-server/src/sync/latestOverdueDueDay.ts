import { addDays } from './addDays';

/**
 * The latest due day of documents that are overdue by `days` days on `today`: due on Monday, an invoice is
 * overdue by one day on Tuesday.
 *
 * @param today the organisation's own day, as `2026-11-30`
 * @param days one at least
 */
export function latestOverdueDueDay(today: string, days: number): string {
	return addDays(today, -days);
}
