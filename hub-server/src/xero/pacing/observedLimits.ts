import type { ObservedLimits } from './orgPace';

interface LimitHeaders {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Without `Retry-After`: Xero's minute is over by then. */
const MINUTE_MS = 60_000;

/** Xero sends no `Retry-After` with its limit of calls at a time; they usually take a second or two. */
const CONCURRENT_MS = 1_000;

/** No minute lasts longer: an unnamed limit with a longer wait is the day's. */
const LONGEST_MINUTE_MS = 300_000;

/**
 * What an answer tells about the limits. Xero's `X-Rate-Limit-Problem` is compared without case.
 *
 * @param random 0 ≤ random < 1: spreads those who were refused together
 */
export function observedLimits({ status, headers }: LimitHeaders, random: number): ObservedLimits {
	if (status !== 429) {
		return {
			minuteRemaining: numberIn(headers['x-minlimit-remaining']),
			dayRemaining: numberIn(headers['x-daylimit-remaining']),
		};
	}

	const problem = [headers['x-rate-limit-problem']].flat().join().toLowerCase();
	const seconds = numberIn(headers['retry-after']);
	const retryAfterMs = seconds === undefined ? undefined : seconds * 1000;
	if (/da(y|ily)/.test(problem) || (problem === '' && (retryAfterMs ?? 0) > LONGEST_MINUTE_MS)) {
		return { refusal: { limit: 'day', pauseMs: retryAfterMs ?? MINUTE_MS } };
	}
	if (problem.includes('concurrent')) {
		const pauseMs = retryAfterMs ?? CONCURRENT_MS * (1 + random);
		return { refusal: { limit: 'concurrent', pauseMs } };
	}
	const limit = problem.includes('app') ? 'appminute' : 'minute';
	return { refusal: { limit, pauseMs: retryAfterMs ?? MINUTE_MS } };
}

function numberIn(header: string | string[] | undefined): number | undefined {
	const number = typeof header === 'string' && header !== '' ? Number(header) : Number.NaN;
	return Number.isFinite(number) && number >= 0 ? number : undefined;
}
