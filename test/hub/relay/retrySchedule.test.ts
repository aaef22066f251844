import fc from 'fast-check';
import { retryDelayMs, RETRY_DELAYS_SECONDS } from '../../../hub-server/src/relay/retrySchedule';

describe('retry schedule', () => {
	it('retries nine times over 75.6 hours', () => {
		const total = RETRY_DELAYS_SECONDS.reduce<number>((sum, seconds) => sum + seconds, 0);

		expect(RETRY_DELAYS_SECONDS).toHaveLength(9);
		expect(total / 3600).toBeCloseTo(75.6, 1);
	});

	it('stays within 20 % of the plan', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 9 }),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				(attempt, random) => {
					const planned = (RETRY_DELAYS_SECONDS[attempt - 1] ?? 0) * 1000;
					const delay = retryDelayMs(attempt, random) ?? 0;

					expect(delay).toBeGreaterThanOrEqual(Math.floor(planned * 0.8));
					expect(delay).toBeLessThanOrEqual(Math.ceil(planned * 1.2));
				},
			),
		);
	});

	it('ends after the tenth attempt', () => {
		expect(retryDelayMs(10, 0)).toBeNull();
	});

	it.each([
		['shorter than the plan: not before the plan', 1, 300_000],
		['longer than the plan', 400, 400_000],
		['of hours', 7_200, 7_200_000],
		['of a week: a day is the most', 7 * 86_400, 86_400_000],
	])('honours a Retry-After %s', (_case, retryAfterSeconds, expected) => {
		expect(retryDelayMs(2, 0.5, retryAfterSeconds)).toBe(expected);
	});

	it('never comes back before it was asked to, however the retries are spread', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 9 }),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				fc.integer({ min: 0, max: 86_400 }),
				(attempt, random, asked) => {
					expect(retryDelayMs(attempt, random, asked)).toBeGreaterThanOrEqual(asked * 1000);
				},
			),
		);
	});
});
