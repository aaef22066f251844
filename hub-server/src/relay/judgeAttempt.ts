import type { Verdict } from './deliveryLedger';
import { retryDelayMs } from './retrySchedule';
import { isSuccess, type SendResult } from './sendDelivery';

/**
 * What becomes of a delivery after an attempt: any 2xx is delivered unless something is wrong with it, 410 ends the subscription,
 * everything else is tried again until the schedule is used up.
 *
 * @param attempt 1 for the first
 * @param random 0 ≤ random < 1, spreads the retries
 */
export function judgeAttempt(
	result: Pick<SendResult, 'statusCode' | 'error' | 'retryAfterSeconds'>,
	attempt: number,
	random: number,
): Verdict {
	const { statusCode, error } = result;
	if (isSuccess(statusCode) && error === undefined) return { kind: 'delivered' };
	if (statusCode === 410) return { kind: 'gone' };

	const delayMs = retryDelayMs(attempt, random, result.retryAfterSeconds);
	if (delayMs !== null) return { kind: 'retry', delayMs };
	const last = result.error ?? `It answered ${statusCode}.`;
	return {
		kind: 'dead',
		reason: `${attempt} attempts failed. The last one: ${last} Mend the workflow, then replay the delivery.`,
	};
}
