import { retryDelayMs } from '../../../hub-server/src/relay/retrySchedule';
import {
	afterFailure,
	BREAKER_THRESHOLD,
	DISABLE_AFTER_MS,
	FORGET_AFTER_MS,
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

	it('pauses for 5 s, then twice as long each time, ten minutes at most', () => {
		const pauses = [0, 1, 2, 3, 4, 5, 6, 7, 50].map(
			(more) => (failTimes(BREAKER_THRESHOLD + more).pausedUntil ?? 0) / 1000,
		);

		expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600]);
	});

	it('remembers when the failing began', () => {
		const health = afterFailure(failTimes(1, 1_000), 9_000);

		expect(health.failingSince).toBe(1_000);
	});

	it('forgets a failure after which it heard of none for longer than any retry takes', () => {
		const lone = afterFailure(HEALTHY, 1_000);
		const soon = afterFailure(lone, 1_000 + FORGET_AFTER_MS);
		const weeksLater = afterFailure(lone, 1_000 + 3 * 7 * 24 * 3600_000);

		expect(soon).toMatchObject({ consecutiveFailures: 2, failingSince: 1_000 });
		expect(weeksLater).toMatchObject({
			consecutiveFailures: 1,
			failingSince: 1_000 + 3 * 7 * 24 * 3600_000,
		});
		expect(isBeyondHope(weeksLater, 1_000 + 3 * 7 * 24 * 3600_000)).toBe(false);
	});

	it('does not forget while deliveries are retried, whose longest wait is 28.8 h', () => {
		const longest = (retryDelayMs(9, 0.999_999) ?? 0) + 20_000;

		expect(longest).toBeLessThan(FORGET_AFTER_MS);
	});

	it('begins anew where an older version did not say when it last failed', () => {
		const old = { ...failTimes(3), failingSince: 0, failedAt: null };

		expect(afterFailure(old, 40 * 24 * 3600_000).consecutiveFailures).toBe(1);
	});

	it('gives an endpoint up after five days, not before', () => {
		const health = failTimes(10, 0);

		expect(isBeyondHope(health, DISABLE_AFTER_MS)).toBe(false);
		expect(isBeyondHope(health, DISABLE_AFTER_MS + 1)).toBe(true);
		expect(isBeyondHope(HEALTHY, DISABLE_AFTER_MS * 9)).toBe(false);
	});
});
