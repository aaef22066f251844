import {
	afterFailure,
	BREAKER_THRESHOLD,
	DISABLE_AFTER_MS,
	HEALTHY,
	isBeyondHope,
	type EndpointHealth,
} from '../../../hub-server/src/subscriptions/breaker';

const failTimes = (times: number, now = 0): EndpointHealth =>
	Array.from({ length: times }).reduce<EndpointHealth>(
		(health) => afterFailure(health, now),
		HEALTHY,
	);

describe('breaker of an endpoint', () => {
	it('stays closed for a few failures', () => {
		expect(failTimes(BREAKER_THRESHOLD - 1).pausedUntil).toBeNull();
	});

	it('pauses for 30 s, then twice as long each time, ten minutes at most', () => {
		const pauses = [0, 1, 2, 3, 4, 5, 50].map(
			(more) => (failTimes(BREAKER_THRESHOLD + more).pausedUntil ?? 0) / 1000,
		);

		expect(pauses).toEqual([30, 60, 120, 240, 480, 600, 600]);
	});

	it('remembers when the failing began', () => {
		const health = afterFailure(failTimes(1, 1_000), 9_000);

		expect(health.failingSince).toBe(1_000);
	});

	it('gives an endpoint up after five days, not before', () => {
		const health = failTimes(10, 0);

		expect(isBeyondHope(health, DISABLE_AFTER_MS)).toBe(false);
		expect(isBeyondHope(health, DISABLE_AFTER_MS + 1)).toBe(true);
		expect(isBeyondHope(HEALTHY, DISABLE_AFTER_MS * 9)).toBe(false);
	});
});
