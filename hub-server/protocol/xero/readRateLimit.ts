/** Which of Xero's limits a 429 speaks of. */
export interface RateLimit {
	/** Which of Xero's limits ran out. */
	readonly problem: 'concurrent' | 'minute' | 'day';
	/** Whether it is the app's limit for all its organisations together: `appminute`. */
	readonly isOfApp: boolean;
	/**
	 * Seconds until it is full again, where the answer says so. A minute's is five minutes at most,
	 * whatever the answer says; a day's can be many hours.
	 */
	readonly retryAfterSeconds?: number;
}

/**
 * No minute window lasts longer: an unnamed limit with a longer wait is the day's. One that Xero calls a
 * minute's is not believed beyond it: waits of 40,000 seconds were seen under that name.
 */
const LONGEST_MINUTE_WAIT_SECONDS = 300;

/**
 * Reads a 429. Xero's own header is compared without case: old libraries print it capitalised.
 *
 * @param headers names in lower case
 * @see https://developer.xero.com/documentation/guides/oauth2/limits/
 */
export function readRateLimit(
	headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): RateLimit {
	const named = [headers['x-rate-limit-problem'] ?? ''].flat().join().toLowerCase();
	const retryAfterSeconds = readSeconds(headers['retry-after']);
	const isOfApp = named.includes('app');
	if (named.includes('day') || named.includes('daily')) {
		return { problem: 'day', isOfApp, retryAfterSeconds };
	}
	const bounded =
		retryAfterSeconds === undefined
			? undefined
			: Math.min(retryAfterSeconds, LONGEST_MINUTE_WAIT_SECONDS);
	if (named.includes('concurrent')) {
		return { problem: 'concurrent', isOfApp, retryAfterSeconds: bounded };
	}
	if (named === '' && (retryAfterSeconds ?? 0) > LONGEST_MINUTE_WAIT_SECONDS) {
		return { problem: 'day', isOfApp, retryAfterSeconds };
	}
	return { problem: 'minute', isOfApp, retryAfterSeconds: bounded };
}

function readSeconds(header: string | readonly string[] | undefined): number | undefined {
	const seconds = typeof header === 'string' && header.trim() !== '' ? Number(header) : NaN;
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
