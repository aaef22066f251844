import { HubError } from '../../errors/HubError';
import {
	XeroConnectionFailedError,
	XeroRateLimitedError,
	XeroTimeoutError,
} from '../../errors/xeroErrors';
import type { RefusedAnswer } from '../../xero/api/refusedAnswer';
import type { RecordProblem } from './readRecordPage';

/**
 * Says in a sentence why no answer of Xero's can be shown: none came, or none was asked for. Of what the
 * hub does not know, nothing is quoted.
 *
 * @param cause what the call threw
 */
export function explainNoAnswer(cause: unknown): RecordProblem {
	if (cause instanceof XeroTimeoutError || isSilence(cause)) {
		return {
			title: 'Xero takes too long',
			message: 'Xero did not answer within 20 seconds. Nothing is wrong with your data.',
			remedy: 'retry',
		};
	}
	if (cause instanceof XeroConnectionFailedError || !(cause instanceof HubError)) {
		return {
			title: 'Xero cannot be reached',
			message: 'The hub got no answer from Xero. Nothing is wrong with your data.',
			remedy: 'retry',
		};
	}
	const title =
		cause instanceof XeroRateLimitedError
			? "Xero's limit is used up"
			: 'The hub has no access right now';
	const remedy =
		cause.code === 'reauth_required' ? 'reconnect' : cause.status >= 500 ? 'retry' : 'none';
	return { title, message: cause.message, remedy };
}

/** The answer began, and then came no more of it. */
function isSilence(cause: unknown): boolean {
	const { code } = (cause ?? {}) as { readonly code?: unknown };
	return code === 'UND_ERR_BODY_TIMEOUT';
}

/** The same for an answer that is a refusal. Only Xero's own words and the status are taken from it. */
export function explainRefusal(refused: RefusedAnswer): RecordProblem {
	const { status, sentence, rateLimit } = refused;
	const quote = sentence === undefined ? '' : ` Xero says: ${sentence.slice(0, LONGEST_QUOTE)}`;
	if (refused.isMissingScope) {
		return {
			title: 'This needs a permission that was not given',
			message: `The connection does not cover these records. Add the scope to the app keys and reconnect the organisation.${quote}`,
			remedy: 'reconnect',
		};
	}
	if (status === 401) {
		return {
			title: 'Xero does not accept the connection any more',
			message: `A new token was refused as well. Reconnect the organisation.${quote}`,
			remedy: 'reconnect',
		};
	}
	if (status === 403) {
		return {
			title: 'Xero does not allow this',
			message: `The person who connected the organisation may not see these records, or it is not connected any more.${quote}`,
			remedy: 'reconnect',
		};
	}
	if (status === 404) {
		return {
			title: 'Xero does not have these records',
			message: `This organisation offers none of them.${quote}`,
			remedy: 'none',
		};
	}
	if (rateLimit !== undefined) {
		const { retryAfterSeconds = 0 } = rateLimit;
		const wait =
			retryAfterSeconds > 0
				? ` Try again in ${waitText(retryAfterSeconds)}.`
				: ' Try again in a moment.';
		return {
			title: "Xero's limit is used up",
			message: `Xero allows a number of calls a minute and a day for each organisation.${wait}`,
			remedy: 'retry',
		};
	}
	return status >= 500
		? {
				title: 'Xero has a problem',
				message: `Xero answered with an error of its own (${status}).${quote}`,
				remedy: 'retry',
			}
		: { title: 'Xero refused', message: `Xero answered ${status}.${quote}`, remedy: 'none' };
}

const LONGEST_QUOTE = 300;

function waitText(seconds: number): string {
	if (seconds < 90) return `${seconds} seconds`;
	return seconds < 5_400
		? `${Math.ceil(seconds / 60)} minutes`
		: `${Math.ceil(seconds / 3600)} hours`;
}
