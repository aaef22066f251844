/**
 * The day of a date as Xero writes it (`/Date(1539993600000+0000)/`) or takes it (`2018-10-20`), such as
 * `2018-10-20`; undefined for none. Xero's dates are midnight UTC and mean the organisation's day: no time zone moves them.
 */
export function dayOf(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const ms = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(value)?.[1];
	if (ms !== undefined) return new Date(Number(ms)).toISOString().slice(0, 10);
	return /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0];
}
