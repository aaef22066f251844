import fc from 'fast-check';
import { dayBudget } from '../../../hub-server/src/sync/dayBudget';

const HOUR = 3600_000;
const NOW = 1_000_000 * HOUR + 20 * 60_000;
const hour = (ago: number, calls: number) => ({ hour: 1_000_000 - ago, calls, bytes: calls * 10 });

it('counts the last 24 hours', () => {
	expect(dayBudget([hour(24, 400), hour(23, 5), hour(0, 7)], 500, NOW)).toEqual({
		callsADay: 500,
		usedCalls: 12,
		usedBytes: 120,
		freeAt: 0,
	});
});

it('is free again when so many hours have gone by that calls are left', () => {
	const hours = [hour(2, 10), hour(5, 300), hour(1, 200)];

	const { freeAt } = dayBudget(hours, 500, NOW);

	expect(freeAt).toBe((1_000_000 - 5 + 24) * HOUR);
});

it('has calls left at the time that it names, and none before', () => {
	const hours = fc.uniqueArray(
		fc.record({
			hour: fc.integer({ min: 999_970, max: 1_000_000 }),
			calls: fc.integer({ min: 1, max: 100 }),
			bytes: fc.constant(0),
		}),
		{ selector: ({ hour: at }) => at },
	);
	fc.assert(
		fc.property(hours, fc.integer({ min: 1, max: 500 }), (used, calls) => {
			const { usedCalls, freeAt } = dayBudget(used, calls, NOW);
			if (usedCalls < calls) return freeAt === 0;
			return (
				dayBudget(used, calls, freeAt).usedCalls < calls &&
				dayBudget(used, calls, freeAt - 1).usedCalls >= calls
			);
		}),
	);
});
