import { feedSentence, type FeedProblem } from '../../../hub-server/protocol/xero';
import type { XeroReply } from '../messages/XeroReply';
import type { Explanation } from './Explanation';
import type { Failure } from './failure';

/** What happened in Xero's words, and what to do next. */
export function feedFailure(problem: FeedProblem, status?: number): Failure {
	return {
		kind: 'api',
		message: feedSentence(problem),
		description: NEXT[problem.type],
		httpCode: String(problem.status ?? status ?? 400),
	};
}

export function explainFeedProblem(
	reply: Extract<XeroReply, { kind: 'answered' }>,
	problem: FeedProblem,
): Explanation {
	return {
		reach: REACH[problem.type] ?? 'request',
		failure: feedFailure(problem, reply.status),
	};
}

/** What no other item can succeed at either. */
const REACH: Readonly<Record<string, Explanation['reach']>> = {
	'invalid-application': 'run',
	'suspended-or-terminated-application': 'run',
	'invalid-organisation-bank-feeds': 'organisation',
	'invalid-user-role': 'organisation',
};

const OTHER_FEED =
	'Choose a feed connection that this app made in this organisation, or create one first.';

/** By Xero's type of error: what to do next. */
const NEXT: Readonly<Record<string, string>> = {
	'invalid-application':
		"Xero opens bank feeds to banks and approved partners only: ask Xero's partner team to approve this app for the Bank Feeds API, then connect again with the scope bankfeeds. Until then, record the movements as Bank Transactions, or import a statement file in Xero by hand.",
	'suspended-or-terminated-application':
		"Xero has taken back this app's approval for bank feeds: ask Xero's partner team.",
	'invalid-organisation-bank-feeds':
		'This organisation cannot have bank feeds (demo companies and some plans cannot). Choose another organisation.',
	'invalid-organisation-multi-currency':
		'Add the currency in Xero first, or use the currency of the organisation.',
	'invalid-user-role': 'Connect this organisation again as a user who may change bank accounts.',
	'invalid-feed-connection': OTHER_FEED,
	'invalid-feed-connection-for-organisation': OTHER_FEED,
	'bank-feed-not-found': OTHER_FEED,
	'feed-not-found-or-already-deleted': 'There is nothing left to delete.',
	'feed-already-connected-in-current-organisation':
		'The account token has a connection here already: use that one, or delete it first.',
	'feed-connected-in-different-organisation':
		'The account token has a connection in another organisation: delete that one first.',
	'feed-already-connected-in-different-organisation':
		'The account token has a connection in another organisation: delete that one first.',
	'account-not-valid':
		'Choose an active bank account of this organisation, or give its number instead.',
	'invalid-country-specified': 'Give a country only if the institution works in several.',
	'duplicate-statement':
		'Xero has these lines already, so nothing is missing. Lines that are new need transaction ids of their own.',
	'invalid-end-balance':
		'Leave End Balance empty to have it computed, or look for a line that is missing or doubled.',
	'invalid-start-and-end-date': 'The start date must not be after the end date.',
	'invalid-start-date': 'Xero takes statements that begin within the last year.',
	'invalid-end-date': 'Xero takes no days in the future.',
	'statement-not-found': 'Check the id, and that it belongs to the chosen organisation.',
	'internal-error': 'Run these items again. Xero tells duplicates by their transaction ids.',
};
