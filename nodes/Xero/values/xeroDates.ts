const XERO_DATE = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

/**
 * A copy of Xero's record in which `/Date(1539993600000+0000)/` reads as ISO 8601.
 *
 * Fields that end in `UTC` are instants (`2018-10-20T00:00:00.000Z`). All others are calendar days:
 * Xero sends them as midnight UTC but means the organisation's own day, so they become `2018-10-20`
 * and no time zone is applied. The offset in the text says nothing beyond that and may be missing.
 */
export function readXeroDates<T>(value: T): T;
export function readXeroDates(value: unknown): unknown {
	return convert('', value);
}

function convert(key: string, value: unknown): unknown {
	if (typeof value === 'string') return convertText(key, value);
	if (Array.isArray(value)) return value.map((element) => convert(key, element));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([name, member]) => [name, convert(name, member)]),
		);
	}
	return value;
}

function convertText(key: string, text: string): string {
	const match = XERO_DATE.exec(text);
	if (match === null) return text;
	const date = new Date(Number(match[1]));
	if (Number.isNaN(date.getTime())) return text;
	const iso = date.toISOString();
	return key.endsWith('UTC') ? iso : iso.slice(0, iso.indexOf('T'));
}
