/** A point in time as the Accounting API prints it. */
export function msDateTime(ms: number): string {
	return `/Date(${ms}+0000)/`;
}

/** `DateTimeUTC` of the envelope and a few others come without the offset. */
export function msDateTimeBare(ms: number): string {
	return `/Date(${ms})/`;
}

/** The readable twin of a date-only field: `2018-10-20T00:00:00`. */
export function dateString(ms: number): string {
	return new Date(ms).toISOString().slice(0, 19);
}

/** `UpdatedDateUTCString`: `2018-11-02T16:36:32Z`. */
export function utcString(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/**
 * Reads a date as Xero takes it: `YYYY-MM-DD`, an ISO date and time, or `/Date(…)/`.
 *
 * @returns midnight UTC of that day in milliseconds; undefined when it is no date
 */
export function parseDay(value: unknown): number | undefined {
	const ms = parseInstant(value);
	return ms === undefined ? undefined : Math.floor(ms / DAY_MS) * DAY_MS;
}

/** As {@link parseDay}, with the time of day. A time without a zone is UTC. */
export function parseInstant(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;

	const msDate = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(value);
	if (msDate !== null) return Number(msDate[1]);

	const iso =
		/^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(
			value,
		);
	if (iso === null) return undefined;
	const [, year, month, day, time = '00:00', zone = 'Z'] = iso;
	const ms = Date.parse(`${year}-${month}-${day}T${time.slice(0, 12)}${zone}`);
	const isRealDay =
		new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
	return Number.isNaN(ms) || !isRealDay ? undefined : ms;
}

export const DAY_MS = 86_400_000;
