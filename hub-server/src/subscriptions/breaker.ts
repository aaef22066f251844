/** How an endpoint has been doing, as the subscription's row holds it. Times are epoch milliseconds. */
export interface EndpointHealth {
	readonly consecutiveFailures: number;
	/** The first failure of those in a row. */
	readonly failingSince: number | null;
	/** The last of them; null where an older version of the hub wrote the rest. */
	readonly failedAt: number | null;
	/** Nothing is sent before this time. */
	readonly pausedUntil: number | null;
}

export const HEALTHY: EndpointHealth = {
	consecutiveFailures: 0,
	failingSince: null,
	failedAt: null,
	pausedUntil: null,
};

/** Failures in a row before the endpoint is paused; from then on one probe at a time is sent. */
export const BREAKER_THRESHOLD = 5;

/** As soon as what failed first is tried again anyway: an outage of seconds costs no more than that. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/** An endpoint that failed for five days (Svix's figure) is disabled; its events stay replayable. */
export const DISABLE_AFTER_MS = 5 * 24 * 3600_000;

/**
 * After so long without another failure the next one stands alone. The longest wait for a retry is
 * 28.8 h (24 h and a fifth), so whoever failed before has been tried since.
 */
export const FORGET_AFTER_MS = 36 * 3600_000;

/**
 * The endpoint's health after one more failure. Once open, the breaker pauses it, twice as long each
 * time, so that a dead n8n costs a probe and not the attempts of every waiting delivery.
 */
export function afterFailure(before: EndpointHealth, now: number): EndpointHealth {
	const health = isForgotten(before, now) ? HEALTHY : before;
	const consecutiveFailures = health.consecutiveFailures + 1;
	const pauses = consecutiveFailures - BREAKER_THRESHOLD;
	const pauseMs = Math.min(
		FIRST_PAUSE_MS * 2 ** Math.min(Math.max(pauses, 0), 10),
		LONGEST_PAUSE_MS,
	);
	return {
		consecutiveFailures,
		failingSince: health.failingSince ?? now,
		failedAt: now,
		pausedUntil: pauses >= 0 ? now + pauseMs : null,
	};
}

export function isBeyondHope(health: EndpointHealth, now: number): boolean {
	return health.failingSince !== null && now - health.failingSince > DISABLE_AFTER_MS;
}

function isForgotten({ failedAt, failingSince }: EndpointHealth, now: number): boolean {
	const last = failedAt ?? failingSince;
	return last !== null && now - last > FORGET_AFTER_MS;
}
