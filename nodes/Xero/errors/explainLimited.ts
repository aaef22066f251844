import { readRateLimit } from '../../../hub-server/protocol/xero';
import type { AnsweredReply } from '../messages/XeroReply';
import type { ExplainContext, Explanation } from './Explanation';

/** One of Xero's limits is used up: the day's says when it resets. */
export function explainLimited(reply: AnsweredReply, context: ExplainContext): Explanation {
	const { problem, retryAfterSeconds } = readRateLimit(reply.headers);
	const resets =
		retryAfterSeconds === undefined
			? 'later'
			: `at ${new Date(context.nowMs + retryAfterSeconds * 1000).toISOString()}`;
	return {
		reach: 'organisation',
		failure: {
			kind: 'api',
			message:
				problem === 'day'
					? `Xero's daily limit for this organisation is used up; it resets ${resets}`
					: `Xero's ${problem} limit for this organisation stayed used up`,
			description:
				problem === 'day'
					? 'Run the remaining items after that time. Fewer, larger runs use fewer calls.'
					: 'Other apps or workflows are using the same limit. Run the remaining items later.',
			httpCode: '429',
		},
	};
}
