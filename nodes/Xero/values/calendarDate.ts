import { refuseInput, success, type Outcome } from '../errors/failure';
import { isBlank } from './isBlank';

const LEADING_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/;

/**
 * The calendar day of `value` as `YYYY-MM-DD`. Xero's dates mean the organisation's local day, so a
 * time and its zone are cut off, never converted. Blank gives `undefined`.
 *
 * @param value text that starts with `YYYY-MM-DD`, or the date object of Luxon's that an n8n expression
 * made; dates of JavaScript have become text by `localDates`
 */
export function parseCalendarDate(value: unknown, label: string): Outcome<string | undefined> {
	if (isBlank(value)) return success(undefined);
	const text = asText(value);
	const match = LEADING_DATE.exec(text);
	if (match === null || !exists(Number(match[1]), Number(match[2]), Number(match[3]))) {
		return refuseInput(
			`${label} is not a date: ${JSON.stringify(text)}`,
			'Write it as YYYY-MM-DD, such as 2026-11-30.',
		);
	}
	return success(text.slice(0, 10));
}

function asText(value: unknown): string {
	if (typeof value === 'object' && value !== null && 'toISODate' in value) {
		const { toISODate } = value;
		if (typeof toISODate === 'function') return String(toISODate.call(value));
	}
	return String(value).trim();
}

function exists(year: number, month: number, day: number): boolean {
	const date = new Date(Date.UTC(year, month - 1, day));
	return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
