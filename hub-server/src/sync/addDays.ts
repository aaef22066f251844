const DAY_MS = 86_400_000;

/**
 * The day so many days later, of the calendar: whatever the clock says and however long a day of a zone is.
 *
 * @param day as `2026-11-30`
 */
export function addDays(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
