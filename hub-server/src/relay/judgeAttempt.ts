import type { Verdict } from './deliveryLedger';
import { retryDelayMs } from './retrySchedule';
import { isSuccess, type SendResult } from './sendDelivery';

/**
 * What becomes of a delivery after an attempt: any 2xx is delivered unless something is wrong
 * with it, 410 ends the subscription, everything else is tried again until the schedule is used up. The header `webhook-delivery` of
 * Standard Webhooks has a say: `disable` ends the subscription, `abort-message` the delivery.
 *
 * @param attempt 1 for the first
 * @param random 0 ≤ random < 1, spreads the retries
 */
export function judgeAttempt(
	result: Pick<SendResult, 'statusCode' | 'error' | 'retryAfterSeconds' | 'wish'>,
	attempt: number,
	random: number,
): Verdict {
	const { statusCode, error } = result;
	const isDelivered = isSuccess(statusCode) && error === undefined;
	if (result.wish === 'disable') return { kind: 'gone', isDelivered, reason: DISABLED };
	if (isDelivered) return { kind: 'delivered' };
	if (statusCode === 410) return { kind: 'gone', isDelivered, reason: GONE };
	if (result.wish === 'abort-message') return { kind: 'aborted', reason: ABORTED };

	const delayMs = retryDelayMs(attempt, random, result.retryAfterSeconds);
	if (delayMs !== null) return { kind: 'retry', delayMs };
	const last = result.error ?? `It answered ${statusCode}.`;
	return {
		kind: 'dead',
		reason: `${attempt} attempts failed. The last one: ${last} Mend the workflow, then replay the delivery.`,
	};
}

const GONE = 'The workflow answered 410 Gone, so its subscription was disabled. Activate it again.';

const DISABLED =
	'The workflow answered "webhook-delivery: disable", so its subscription was disabled. Activate it again.';

const ABORTED =
	'The workflow answered "webhook-delivery: abort-message": it does not want this delivery, and it is not tried again.';
