import { isPlain } from './isPlain';
import { zoneOffset } from './zoneOffset';

/**
 * The same value, in which each JavaScript date that an expression made reads as a clock in that time
 * zone shows it: ISO 8601 with the zone's offset. Such a date carries no zone of its own, and its day
 * in UTC may be the day before. Dates of Luxon know their zone, and stay. What stands in a member that
 * Xero has as a day, such as `DueDate`, becomes that day: of a time with an offset Xero takes the day
 * in UTC.
 */
export function localDates(value: unknown, timeZone: string): unknown {
	if (isDate(value)) return Number.isNaN(value.getTime()) ? value : inZone(value, timeZone);
	if (Array.isArray(value)) return value.map((element) => localDates(element, timeZone));
	if (!isPlain(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [
			name,
			DAY_NAME.test(name) ? dayOf(member, timeZone) : localDates(member, timeZone),
		]),
	);
}

/** Xero's names of instants end with `UTC`. */
const DAY_NAME = /date$/i;

function dayOf(value: unknown, timeZone: string): unknown {
	const local = localDates(value, timeZone);
	if (isDate(value) && typeof local === 'string') return local.slice(0, 10);
	return isLuxon(local) ? local.toISODate() : local;
}

function isLuxon(value: unknown): value is { toISODate(): unknown } {
	return (
		typeof value === 'object' &&
		value !== null &&
		'toISODate' in value &&
		typeof value.toISODate === 'function'
	);
}

/** Also one that another context of JavaScript made. */
function isDate(value: unknown): value is Date {
	return Object.prototype.toString.call(value) === '[object Date]';
}

function inZone(date: Date, timeZone: string): string {
	const offset = zoneOffset(date.getTime(), timeZone);
	const local = new Date(date.getTime() + offset).toISOString().slice(0, -1);
	const minutes = Math.abs(Math.round(offset / 60_000));
	const pad = (count: number) => String(count).padStart(2, '0');
	return `${local}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
