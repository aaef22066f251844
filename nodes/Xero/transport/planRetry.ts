import { readRateLimit } from '../../../hub-server/protocol/xero';
import type { XeroReply } from '../messages/XeroReply';

/** How often one request was already sent again, by reason. */
export interface Retries {
	readonly limited: number;
	readonly unavailable: number;
	readonly lost: number;
}

export type RetryReason = keyof Retries;

export interface RetryStep {
	readonly reason: RetryReason;
	readonly waitMs: number;
}

/** Ten minute windows: enough for many workflows that share one organisation's 60 calls a minute. */
const MAX_RETRIES: Retries = { limited: 10, unavailable: 1, lost: 2 };

const DEFAULT_MINUTE_WAIT_MS = 60_000;
const UNAVAILABLE_WAIT_MS = 2_000;
const LONGEST_UNAVAILABLE_WAIT_MS = 30_000;
const LOST_WAIT_MS = 1_000;

/**
 * Whether and when to send a request again. Writes carry an idempotency key, and what is deleted
 * cannot be deleted twice, so sending again is safe even where the first try may have taken effect.
 *
 * A spent day budget is never waited for: it can take many hours.
 *
 * @param random in [0, 1); spreads callers that were refused together
 */
export function planRetry(
	reply: XeroReply,
	retries: Retries,
	random: number,
): RetryStep | undefined {
	const step = stepFor(reply, random);
	return step !== undefined && retries[step.reason] < MAX_RETRIES[step.reason] ? step : undefined;
}

function stepFor(reply: XeroReply, random: number): RetryStep | undefined {
	if (reply.kind === 'lost') return { reason: 'lost', waitMs: LOST_WAIT_MS * (1 + random) };
	if (reply.kind !== 'answered') return undefined;
	if (reply.status === 429) return limitedStep(reply.headers, random);
	if (UNAVAILABLE.has(reply.status)) {
		return { reason: 'unavailable', waitMs: unavailableWait(reply.headers['retry-after']) };
	}
	return undefined;
}

const UNAVAILABLE: ReadonlySet<number> = new Set([500, 502, 503, 504]);

function limitedStep(
	headers: Readonly<Record<string, string>>,
	random: number,
): RetryStep | undefined {
	const { problem, retryAfterSeconds } = readRateLimit(headers);
	if (problem === 'day') return undefined;
	if (retryAfterSeconds !== undefined) {
		return { reason: 'limited', waitMs: retryAfterSeconds * 1000 + random * 250 };
	}
	// Xero sends no Retry-After for concurrent calls; one to two seconds is its usual run time.
	const waitMs = problem === 'concurrent' ? 1000 * (1 + random) : DEFAULT_MINUTE_WAIT_MS;
	return { reason: 'limited', waitMs };
}

function unavailableWait(retryAfter: string | undefined): number {
	const seconds = Number(retryAfter ?? NaN);
	if (!Number.isFinite(seconds) || seconds < 0) return UNAVAILABLE_WAIT_MS;
	return Math.min(seconds * 1000, LONGEST_UNAVAILABLE_WAIT_MS);
}
