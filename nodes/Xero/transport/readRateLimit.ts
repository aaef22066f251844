export interface RateLimit {
	/** Which of Xero's limits ran out. */
	readonly problem: 'concurrent' | 'minute' | 'day';
	/** Seconds until it is full again, where the answer says so. */
	readonly retryAfterSeconds?: number;
}

/** No minute window lasts longer; an unnamed limit with a longer wait is the day's. */
const LONGEST_MINUTE_WAIT_SECONDS = 300;

/** Reads a 429. Xero's own header is compared without case: old libraries print it capitalised. */
export function readRateLimit(headers: Readonly<Record<string, string>>): RateLimit {
	const named = headers['x-rate-limit-problem']?.toLowerCase() ?? '';
	const retryAfterSeconds = readSeconds(headers['retry-after']);
	if (named.includes('day') || named.includes('daily'))
		return { problem: 'day', retryAfterSeconds };
	if (named.includes('concurrent')) return { problem: 'concurrent', retryAfterSeconds };
	if (named === '' && (retryAfterSeconds ?? 0) > LONGEST_MINUTE_WAIT_SECONDS) {
		return { problem: 'day', retryAfterSeconds };
	}
	return { problem: 'minute', retryAfterSeconds };
}

function readSeconds(header: string | undefined): number | undefined {
	const seconds = header === undefined || header.trim() === '' ? NaN : Number(header);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
