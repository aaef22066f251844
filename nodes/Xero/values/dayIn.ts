/**
 * The calendar day at an instant, `YYYY-MM-DD`, as a clock in that time zone shows it.
 *
 * @param nowMs Unix milliseconds
 */
export function dayIn(timeZone: string, nowMs: number): string {
	return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(nowMs);
}
