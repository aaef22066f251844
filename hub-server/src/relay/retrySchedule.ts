/**
 * Seconds to wait after each failed attempt: nine retries over 75.6 hours, the example schedule of
 * Standard Webhooks. An n8n that is down over a weekend still gets its events.
 */
export const RETRY_DELAYS_SECONDS = [
	5,
	5 * 60,
	30 * 60,
	2 * 3600,
	5 * 3600,
	10 * 3600,
	14 * 3600,
	20 * 3600,
	24 * 3600,
] as const;

/** Spreads retries so that deliveries that failed together do not return together. */
const JITTER = 0.2;

/** A receiver may put a retry off for a day, which is the schedule's own longest wait. */
const LONGEST_RETRY_AFTER_SECONDS = 24 * 3600;

/**
 * Milliseconds until the attempt after `attempt`, or null when that was the last one.
 *
 * @param attempt attempts made so far, 1 after the first
 * @param random 0 ≤ random < 1
 * @param retryAfterSeconds what the receiver asked for: it is not tried before, except that a day is the most
 */
export function retryDelayMs(
	attempt: number,
	random: number,
	retryAfterSeconds = 0,
): number | null {
	const planned = RETRY_DELAYS_SECONDS[attempt - 1];
	if (planned === undefined) return null;
	const spread = planned * (1 - JITTER + 2 * JITTER * random);
	const asked = Math.min(retryAfterSeconds, LONGEST_RETRY_AFTER_SECONDS);
	return Math.ceil(Math.max(spread, asked) * 1000);
}
