import type { RecordProblem } from './readRecordPage';
import { isMissingScope, readXeroFailure, xeroSentence } from './xeroFailure';

/**
 * Says in a sentence what xero-node rejected with. Only Xero's own words and the status are taken from
 * it; some versions of the SDK put the request, token included, into what they throw.
 */
export function explainXeroFailure(cause: unknown): RecordProblem {
	const failure = readXeroFailure(cause);
	const { status, body, code, headers } = failure;
	if (status === undefined) {
		return code === 'ETIMEDOUT' || code === 'ECONNABORTED'
			? {
					title: 'Xero takes too long',
					message: 'Xero did not answer within 20 seconds. Nothing is wrong with your data.',
					remedy: 'retry',
				}
			: {
					title: 'Xero cannot be reached',
					message: 'The hub got no answer from Xero. Nothing is wrong with your data.',
					remedy: 'retry',
				};
	}
	const said = xeroSentence(body);
	const quote = said === undefined ? '' : ` Xero says: ${said}`;
	if (isMissingScope(failure)) {
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
	if (status === 429) {
		const seconds = Number(headers['retry-after']);
		const wait = seconds > 0 ? ` Try again in ${waitText(seconds)}.` : ' Try again in a moment.';
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

function waitText(seconds: number): string {
	if (seconds < 90) return `${seconds} seconds`;
	return seconds < 5_400
		? `${Math.ceil(seconds / 60)} minutes`
		: `${Math.ceil(seconds / 3600)} hours`;
}
