import { observedLimits } from '../../../../hub-server/src/xero/pacing/observedLimits';

const limited = (headers: Record<string, string>) => observedLimits({ status: 429, headers }, 0.5);

describe("Xero's word on its limits", () => {
	it('is the remaining calls of the minute and of the day on every other answer', () => {
		const headers = { 'x-minlimit-remaining': '12', 'x-daylimit-remaining': '987' };
		expect(observedLimits({ status: 200, headers }, 0)).toEqual({
			minuteRemaining: 12,
			dayRemaining: 987,
		});
		expect(observedLimits({ status: 200, headers: {} }, 0)).toEqual({ minuteRemaining: undefined });
	});

	it.each([
		[{ 'x-rate-limit-problem': 'minute', 'retry-after': '7' }, 'minute', 7_000],
		[{ 'x-rate-limit-problem': 'Minute' }, 'minute', 60_000],
		[{ 'x-rate-limit-problem': 'appminute', 'retry-after': '3' }, 'appminute', 3_000],
		[{ 'x-rate-limit-problem': 'AppMinute' }, 'appminute', 60_000],
		[{ 'x-rate-limit-problem': 'day', 'retry-after': '40000' }, 'day', 40_000_000],
		[{ 'x-rate-limit-problem': 'Daily', 'retry-after': '10' }, 'day', 10_000],
		[{ 'retry-after': '40000' }, 'day', 40_000_000],
		[{ 'retry-after': '30' }, 'minute', 30_000],
		[{ 'x-rate-limit-problem': 'concurrent' }, 'concurrent', 1_500],
		[{}, 'minute', 60_000],
	])('reads the 429 with %j', (headers, limit, pauseMs) => {
		expect(limited(headers as Record<string, string>)).toEqual({ refusal: { limit, pauseMs } });
	});
});
