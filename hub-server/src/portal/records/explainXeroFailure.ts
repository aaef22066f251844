import type { RecordProblem } from './readRecordPage';

/**
 * Says in a sentence what xero-node rejected with: a JSON text with Xero's answer in it, an Error, or an
 * error of its HTTP client. Only Xero's own words and the status are taken from it; some versions of
 * the SDK put the request, token included, into what they throw.
 */
export function explainXeroFailure(cause: unknown): RecordProblem {
	const { status, body, code, headers } = readFailure(cause);
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
	const said = sayOf(body);
	const quote = said === undefined ? '' : ` Xero says: ${said}`;
	if (status === 401) {
		return {
			title: 'This needs a permission that was not given',
			message: `The connection does not cover these records. Add the scope to the app keys and reconnect the organisation.${quote}`,
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

interface Failure {
	readonly status: number | undefined;
	readonly body: unknown;
	readonly code: string | undefined;
	readonly headers: Readonly<Record<string, unknown>>;
}

function readFailure(cause: unknown): Failure {
	const value = record(typeof cause === 'string' ? parse(cause) : cause);
	const response = record(value['response']);
	const status = [response['statusCode'], response['status'], value['statusCode']].find(
		(one) => typeof one === 'number',
	);
	const code = value['code'];
	return {
		status,
		body: value['body'] ?? response['body'] ?? response['data'],
		code: typeof code === 'string' ? code : undefined,
		headers: record(response['headers']),
	};
}

/** Xero's own sentence, wherever its several error shapes put it. */
function sayOf(body: unknown): string | undefined {
	const fields = record(typeof body === 'string' ? parse(body) : body);
	const said = [fields['Detail'], fields['detail'], fields['Message'], fields['message']].find(
		(one): one is string => typeof one === 'string' && one !== '',
	);
	return said?.slice(0, 300);
}

function waitText(seconds: number): string {
	if (seconds < 90) return `${seconds} seconds`;
	return seconds < 5_400
		? `${Math.ceil(seconds / 60)} minutes`
		: `${Math.ceil(seconds / 3600)} hours`;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
