import { dayInZone } from './dayInZone';

/** Zones lie between UTC-12 and UTC+14. */
const FARTHEST_MS = 15 * 3600_000;

/**
 * When a day begins in a zone: its first millisecond, also where clocks are changed at midnight.
 *
 * @param day as `2026-11-30`
 * @returns Unix milliseconds
 * @throws RangeError for an unknown zone
 */
export function startOfDayInZone(zone: string, day: string): number {
	const midnight = Date.parse(`${day}T00:00:00Z`);
	// Days never go back as time goes on.
	let before = midnight - FARTHEST_MS;
	let from = midnight + FARTHEST_MS;
	while (from - before > 1) {
		const middle = Math.floor((before + from) / 2);
		if (dayInZone(zone, middle) < day) before = middle;
		else from = middle;
	}
	return from;
}
