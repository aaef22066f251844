import fc from 'fast-check';

import { dayInZone } from '../../../hub-server/src/sync/dayInZone';
import { latestOverdueDueDay } from '../../../hub-server/src/sync/latestOverdueDueDay';

it.each([
	['Pacific/Auckland', '2026-11-30T10:59:59Z', '2026-11-30'],
	['Pacific/Auckland', '2026-11-30T11:00:00Z', '2026-12-01'],
	['America/Los_Angeles', '2026-11-30T07:59:59Z', '2026-11-29'],
	['UTC', '2026-11-30T23:59:59Z', '2026-11-30'],
])('in %s it is, at %s, %s', (zone, at, day) => {
	expect(dayInZone(zone, Date.parse(at))).toBe(day);
});

it('turns the day at local midnight on the days when clocks are changed', () => {
	const midnight = Date.parse('2026-09-26T12:00:00Z');

	expect(dayInZone('Pacific/Auckland', midnight - 1)).toBe('2026-09-26');
	expect(dayInZone('Pacific/Auckland', midnight)).toBe('2026-09-27');
	expect(dayInZone('Pacific/Auckland', midnight + 23 * 3_600_000 - 1)).toBe('2026-09-27');
	expect(dayInZone('Pacific/Auckland', midnight + 23 * 3_600_000)).toBe('2026-09-28');
});

it('never goes back as time goes on', () => {
	fc.assert(
		fc.property(
			fc.constantFrom('Pacific/Auckland', 'Europe/London', 'America/New_York', 'Asia/Kolkata'),
			fc.integer({ min: 1_577_836_800_000, max: 1_893_456_000_000 }),
			fc.nat({ max: 7_200_000 }),
			(zone, atMs, laterMs) => {
				expect(dayInZone(zone, atMs + laterMs) >= dayInZone(zone, atMs)).toBe(true);
			},
		),
	);
});

it.each([
	['2026-12-01', 1, '2026-11-30'],
	['2026-12-01', 7, '2026-11-24'],
	['2027-01-01', 1, '2026-12-31'],
	['2028-03-01', 1, '2028-02-29'],
])('what was due by then is overdue on %s by %i days: %s', (today, days, due) => {
	expect(latestOverdueDueDay(today, days)).toBe(due);
});
