import fc from 'fast-check';
import { readWeek, weekOf, weeksBefore } from '../../../hub-server/src/writes/Week';

const iso = (at: number) => new Date(at).toISOString().slice(0, 10);

describe('a week', () => {
	it.each([
		['2026-11-29T23:59:59Z', '2026-W48', '2026-11-23'],
		['2026-11-30T00:00:00Z', '2026-W49', '2026-11-30'],
		// 2026 has 53 weeks, and the year before ends in the first of 2026.
		['2027-01-01T12:00:00Z', '2026-W53', '2026-12-28'],
		['2025-12-29T00:00:00Z', '2026-W01', '2025-12-29'],
	])('of %s is %s, from Monday %s', (at, name, monday) => {
		const week = weekOf(Date.parse(at));

		expect([week.name, iso(week.from)]).toEqual([name, monday]);
	});

	it('is found again by its name', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
				const week = weekOf(at);
				expect(week.from <= at && at < week.until).toBe(true);
				expect(readWeek(week.name)).toEqual(week);
			}),
		);
	});

	it.each(['2026-W54', '2025-W53', '2026-W00', '2026-48', 'W48', '', '2026-W1e'])(
		'is not named by %j',
		(name) => expect(readWeek(name)).toBeUndefined(),
	);

	it('comes before another, whole ones only', () => {
		const names = weeksBefore(Date.parse('2027-01-05T00:00:00Z'), 3).map(({ name }) => name);

		expect(names).toEqual(['2026-W53', '2026-W52', '2026-W51']);
	});
});
