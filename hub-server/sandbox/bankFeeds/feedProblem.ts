import { json, type Reply } from '../http/Reply';

/** A refusal as the Bank Feeds API words it. */
export interface FeedProblem {
	readonly type: string;
	readonly title: string;
	readonly status: number;
	readonly detail: string;
}

/** Texts from Xero's own examples, and in their manner where there is none. */
const KNOWN = {
	'invalid-request': [400, 'Invalid Request', 'For the request field missing parameter.'],
	'invalid-application': [
		403,
		'Invalid Application',
		'The application has not been configured to use these API endpoints.',
	],
	'invalid-organisation-bank-feeds': [
		403,
		'Invalid Organisation',
		'The organisation does not support automated bank feeds.',
	],
	'invalid-feed-connection': [
		403,
		'Invalid Feed Connection',
		'The feed connection was not found for this organisation.',
	],
	'duplicate-statement': [
		409,
		'Duplicate Statement Received',
		'The received statement was marked as a duplicate.',
	],
	'invalid-end-balance': [
		422,
		'Invalid End Balance',
		'End balance does not match start balance +/- statement line amounts.',
	],
	'invalid-start-and-end-date': [
		400,
		'Invalid Start And End Date',
		'The end date is before the start date.',
	],
	'invalid-start-date': [400, 'Invalid Start Date', 'The start date is older than one year.'],
	'invalid-end-date': [400, 'Invalid End Date', 'The end date is in the future.'],
	'internal-error': [
		500,
		'Intermittent Internal Xero Error',
		'The request should be retried. If the error persists, a Xero support issue should be raised.',
	],
	'feed-already-connected-in-current-organisation': [
		409,
		'Feed already connected in current organisation',
		'The AccountToken is connected to another Xero Bank Account of this organisation.',
	],
	'feed-connected-in-different-organisation': [
		409,
		'Feed connected in different organisation',
		'The AccountToken is connected to another Xero Bank Account associated with this bank. This Xero Bank Account belongs to a different Xero Organisation.',
	],
	'invalid-organisation-multi-currency': [
		403,
		'Invalid Organisation',
		'The organisation does not use the currency of the feed.',
	],
	'account-not-valid': [
		400,
		'Account Not Valid',
		'The AccountId is not a bank account of this organisation.',
	],
	'feed-not-found-or-already-deleted': [
		404,
		'Feed not found or already deleted',
		'The feed connection was not found, or was deleted before.',
	],
	'bank-feed-not-found': [404, 'Bank Feed Not Found', 'The feed connection was not found.'],
	'statement-not-found': [404, 'Statement Not Found', 'The statement was not found.'],
} as const satisfies Readonly<Record<string, readonly [number, string, string]>>;

export type FeedProblemType = keyof typeof KNOWN;

export function feedProblem(type: FeedProblemType, detail?: string): FeedProblem {
	const [status, title, usual] = KNOWN[type];
	return { type, title, status, detail: detail ?? usual };
}

export function isFeedProblemType(type: string): type is FeedProblemType {
	return Object.hasOwn(KNOWN, type);
}

export function problemReply(problem: FeedProblem): Reply {
	return json(problem.status, problem, {
		'content-type': 'application/problem+json; charset=utf-8',
	});
}

/** `exceeded the maximum length of …`, as Xero writes it. */
export function tooLong(field: string, maximum: number): FeedProblem {
	return feedProblem(
		'invalid-request',
		`For the request field '${field}' exceeded the maximum length of ${maximum}.`,
	);
}

export function missing(field: string): FeedProblem {
	return feedProblem('invalid-request', `For the request field '${field}' is required.`);
}
