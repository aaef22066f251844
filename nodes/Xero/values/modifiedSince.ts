import { refuseInput, success, type Outcome } from '../errors/failure';
import { zoneOffset } from './zoneOffset';

const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

/**
 * An instant as Xero's `If-Modified-Since` wants it: UTC, whole seconds, `YYYY-MM-DDTHH:MM:SS`.
 *
 * @param value ISO 8601 text, or the date object an n8n expression made
 * @param timeZone the workflow's, for text that names none
 */
export function parseModifiedSince(value: unknown, timeZone: string): Outcome<string> {
	const instant = instantOf(value, timeZone);
	if (instant === undefined) {
		return refuseInput(
			`Updated Since is not a date and time: ${JSON.stringify(value)}`,
			'Write it as ISO 8601, such as 2026-11-30T09:00:00Z.',
		);
	}
	return success(new Date(instant).toISOString().slice(0, 19));
}

/**
 * Unix milliseconds; undefined where it is no date and time.
 *
 * @param timeZone for text that names none
 */
export function instantOf(value: unknown, timeZone: string): number | undefined {
	if (typeof value === 'object' && value !== null && 'valueOf' in value) {
		return finite(Number(value.valueOf()));
	}
	const text = String(value).trim();
	if (!WITHOUT_ZONE.test(text)) return finite(Date.parse(text));
	const asUtc = finite(
		Date.parse(`${text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')}Z`),
	);
	return asUtc === undefined ? undefined : asUtc - zoneOffset(asUtc, timeZone);
}

function finite(value: number): number | undefined {
	return Number.isFinite(value) ? value : undefined;
}
