const DAY_MS = 86_400_000;

/**
 * The latest due day of documents that are overdue by `days` days on `today`: due on Monday, an invoice is
 * overdue by one day on Tuesday, whatever the clock says and however long a day of the zone is.
 *
 * @param today the organisation's own day, as `2026-11-30`
 * @param days one at least
 */
export function latestOverdueDueDay(today: string, days: number): string {
	return new Date(Date.parse(`${today}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}
