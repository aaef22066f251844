import { readRateLimit } from '../../../protocol/xero';
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

/**
 * What an answer tells about the limits.
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

	const { problem, isOfApp, retryAfterSeconds } = readRateLimit(headers);
	const toldMs = retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1000;
	if (problem === 'concurrent') {
		const pauseMs = toldMs ?? CONCURRENT_MS * (1 + random);
		return { refusal: { limit: 'concurrent', pauseMs } };
	}
	const limit = problem === 'minute' && isOfApp ? 'appminute' : problem;
	return { refusal: { limit, pauseMs: toldMs ?? MINUTE_MS } };
}

function numberIn(header: string | string[] | undefined): number | undefined {
	const number = typeof header === 'string' && header !== '' ? Number(header) : Number.NaN;
	return Number.isFinite(number) && number >= 0 ? number : undefined;
}
