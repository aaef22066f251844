import type { Faults } from '../faults/Faults';
import type { Reply } from '../http/Reply';
import type { RateLimitVerdict } from './createRateLimiter';

/** Xero's 429, which says which limit was met. */
export function rateLimited(
	faults: Faults,
	verdict: Extract<RateLimitVerdict, { ok: false }>,
): Reply {
	const saysWhen = verdict.problem !== 'concurrent' || faults.retryAfterOnConcurrent;
	return {
		status: 429,
		headers: {
			'x-rate-limit-problem': verdict.problem,
			...(saysWhen && {
				'retry-after': String(faults.retryAfterSeconds ?? verdict.retryAfterSeconds),
			}),
		},
		body: faults.rateLimitBody,
	};
}
