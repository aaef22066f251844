import { runsADay } from '../../../hub-server/src/sync/nextRunAt';

const MONDAY = Date.UTC(2026, 10, 30);

describe('how often a stream runs in a day', () => {
	it.each([
		['0 6 * * *', 1],
		['0 6 * * 1-5', 5 / 7],
		['0,30 8-17 * * 1-5', 100 / 7],
		['0 0 30 2 *', 0],
	])('is counted over a week: %s', (cron, runs) => {
		expect(runsADay({ cron, timeZone: 'Pacific/Auckland' }, MONDAY)).toBeCloseTo(runs);
	});

	it.each([
		['* * * * *', 1_440],
		['*/5 * * * *', 288],
	])('is taken from the next hours where it is often: %s', (cron, runs) => {
		expect(runsADay({ cron, timeZone: 'UTC' }, MONDAY)).toBeCloseTo(runs);
	});

	it('follows from an interval', () => {
		expect(runsADay({ everySeconds: 900 }, MONDAY)).toBe(96);
	});
});
