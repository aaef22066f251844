const HOUR_MS = 3600_000;
const DAY_HOURS = 24;

/** Calls that were made within one hour. */
export interface HourOfCalls {
	/** Hours since 1970. */
	readonly hour: number;
	readonly calls: number;
	readonly bytes: number;
}

/** What syncs may use of an organisation's calls a day, and what they have used. */
export interface DayBudget {
	readonly callsADay: number;
	/** Of the last 24 hours. */
	readonly usedCalls: number;
	readonly usedBytes: number;
	/** From when on there are calls again, epoch milliseconds; 0 while there are some. */
	readonly freeAt: number;
}

/** @param hours in any order; those before the last 24 hours do not count */
export function dayBudget(
	hours: readonly HourOfCalls[],
	callsADay: number,
	now: number,
): DayBudget {
	const first = Math.floor(now / HOUR_MS) - DAY_HOURS + 1;
	const counted = hours.filter(({ hour }) => hour >= first).sort((a, b) => a.hour - b.hour);
	const usedCalls = counted.reduce((sum, { calls }) => sum + calls, 0);
	const usedBytes = counted.reduce((sum, { bytes }) => sum + bytes, 0);
	let freeAt = 0;
	let left = usedCalls;
	for (const { hour, calls } of counted) {
		if (left < callsADay) break;
		left -= calls;
		freeAt = (hour + DAY_HOURS) * HOUR_MS;
	}
	return { callsADay, usedCalls, usedBytes, freeAt };
}
