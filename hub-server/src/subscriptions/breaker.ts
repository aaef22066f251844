/** How an endpoint has been doing, as the subscription's row holds it. */
export interface EndpointHealth {
	readonly consecutiveFailures: number;
	/** Epoch milliseconds of the first failure since the last success. */
	readonly failingSince: number | null;
	/** Nothing is sent before this time. */
	readonly pausedUntil: number | null;
}

export const HEALTHY: EndpointHealth = {
	consecutiveFailures: 0,
	failingSince: null,
	pausedUntil: null,
};

/** Failures in a row before the endpoint is paused; from then on one probe at a time is sent. */
export const BREAKER_THRESHOLD = 5;

const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/** An endpoint that failed for five days (Svix's figure) is disabled; its events stay replayable. */
export const DISABLE_AFTER_MS = 5 * 24 * 3600_000;

/**
 * The endpoint's health after one more failure. Once open, the breaker pauses it, twice as long each
 * time, so that a dead n8n costs a probe and not the attempts of every waiting delivery.
 */
export function afterFailure(health: EndpointHealth, now: number): EndpointHealth {
	const consecutiveFailures = health.consecutiveFailures + 1;
	const pauses = consecutiveFailures - BREAKER_THRESHOLD;
	const pauseMs = Math.min(
		FIRST_PAUSE_MS * 2 ** Math.min(Math.max(pauses, 0), 10),
		LONGEST_PAUSE_MS,
	);
	return {
		consecutiveFailures,
		failingSince: health.failingSince ?? now,
		pausedUntil: pauses >= 0 ? now + pauseMs : null,
	};
}

export function isBeyondHope(health: EndpointHealth, now: number): boolean {
	return health.failingSince !== null && now - health.failingSince > DISABLE_AFTER_MS;
}
