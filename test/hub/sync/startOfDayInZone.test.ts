import fc from 'fast-check';

import { addDays } from '../../../hub-server/src/sync/addDays';
import { dayInZone } from '../../../hub-server/src/sync/dayInZone';
import { startOfDayInZone } from '../../../hub-server/src/sync/startOfDayInZone';

it.each([
	['UTC', '2026-11-30', '2026-11-30T00:00:00.000Z'],
	['Pacific/Auckland', '2026-11-30', '2026-11-29T11:00:00.000Z'],
	['America/Los_Angeles', '2026-11-30', '2026-11-30T08:00:00.000Z'],
	['Asia/Kolkata', '2026-11-30', '2026-11-29T18:30:00.000Z'],
	['Pacific/Kiritimati', '2026-11-30', '2026-11-29T10:00:00.000Z'],
	['Etc/GMT+12', '2026-11-30', '2026-11-30T12:00:00.000Z'],
	// Clocks go from 0:00 to 1:00, so that the day begins with 1:00.
	['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z'],
])('in %s %s begins at %s', (zone, day, begins) => {
	expect(new Date(startOfDayInZone(zone, day)).toISOString()).toBe(begins);
});

it('is the first moment of that day, in every zone and on every day', () => {
	fc.assert(
		fc.property(
			fc.constantFrom('Pacific/Auckland', 'Europe/London', 'America/New_York', 'Asia/Beirut'),
			fc.integer({ min: -20_000, max: 40_000 }),
			(zone, days) => {
				const day = addDays('2026-01-01', days);
				const from = startOfDayInZone(zone, day);

				expect(dayInZone(zone, from) >= day).toBe(true);
				expect(dayInZone(zone, from - 1) < day).toBe(true);
			},
		),
	);
});
