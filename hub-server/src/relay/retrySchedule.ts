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

/**
 * Milliseconds until the attempt after `attempt`, or null when that was the last one.
 *
 * @param attempt attempts made so far, 1 after the first
 * @param random 0 ≤ random < 1
 * @param retryAfterSeconds what the receiver asked for; honoured between the planned delay and twice it
 */
export function retryDelayMs(
	attempt: number,
	random: number,
	retryAfterSeconds?: number,
): number | null {
	const planned = RETRY_DELAYS_SECONDS[attempt - 1];
	if (planned === undefined) return null;
	if (retryAfterSeconds !== undefined) {
		return Math.min(Math.max(retryAfterSeconds, planned), planned * 2) * 1000;
	}
	return Math.round(planned * 1000 * (1 - JITTER + 2 * JITTER * random));
}
