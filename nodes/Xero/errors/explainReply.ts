import {
	isFeedProblem,
	isKeyInUse,
	isRefusedScope,
	LONGEST_XERO_ADDRESS,
	member,
	readRefusal,
	text,
} from '../../../hub-server/protocol/xero';
import type { AnsweredReply, XeroReply } from '../messages/XeroReply';
import { explainFeedProblem } from './explainFeedProblem';
import { explainHubProblem, isHubProblem } from './explainHubProblem';
import { explainLimited } from './explainLimited';
import type { ExplainContext, Explanation } from './Explanation';

/** Turns an answer that is not a success into words: what happened, and what to do next. */
export function explainReply(reply: XeroReply, context: ExplainContext): Explanation {
	if (reply.kind === 'lost') return explainLost(reply.message, context);
	if (reply.kind === 'unsent') return explainUnsent(reply.message, context);
	if (reply.kind === 'stopped') return STOPPED;
	if (isHubProblem(reply.body) && context.route === 'hub')
		return explainHubProblem(reply, reply.body, context);
	if (isFeedProblem(reply.body)) return explainFeedProblem(reply, reply.body);
	const explain =
		BY_STATUS[reply.status] ?? (reply.status >= 500 ? explainUnavailable : explainOther);
	return explain(reply, context);
}

type Explain = (reply: AnsweredReply, context: ExplainContext) => Explanation;

const BY_STATUS: Readonly<Record<number, Explain>> = {
	400: explainBadRequest,
	401: explainUnauthorised,
	403: explainForbidden,
	404: explainNotFound,
	412: explainPrecondition,
	414: explainTooLong,
	429: explainLimited,
};

function explainLost(message: string, { route, write }: ExplainContext): Explanation {
	const where = route === 'hub' ? 'The hub' : 'Xero';
	return {
		reach: 'request',
		failure: {
			kind: 'api',
			message: `${where} did not answer: ${message}`,
			description: write
				? 'It is not known whether the records were saved. Look in Xero before running these items again.'
				: route === 'hub'
					? 'Check that the hub is running and that the address in the credential is right.'
					: 'Check the connection to api.xero.com and run the node again.',
		},
	};
}

const STOPPED: Explanation = {
	reach: 'run',
	failure: {
		kind: 'api',
		message: 'The execution was stopped before this was sent',
		description: 'Run the remaining items again if they are still wanted.',
	},
};

function explainUnsent(message: string, { route }: ExplainContext): Explanation {
	return {
		reach: 'run',
		failure: {
			kind: 'api',
			message,
			description:
				route === 'hub'
					? 'Open the Xero Hub credential and check its address and API key.'
					: 'Open the Xero OAuth2 credential and connect it again.',
		},
	};
}

function explainBadRequest(reply: AnsweredReply): Explanation {
	const { sentences, type } = readRefusal(reply.body);
	if (type === 'invalid_grant') {
		return {
			reach: 'run',
			failure: {
				kind: 'api',
				message: 'Xero no longer accepts this connection (invalid_grant)',
				description: 'Open the Xero OAuth2 credential and connect it again.',
				httpCode: '400',
			},
		};
	}
	return {
		reach: 'request',
		failure: {
			kind: 'api',
			message: sentences.join(' ') || 'Xero refused the request',
			description:
				type === 'QueryParseException'
					? 'Check the Where filter: text in double quotes, dates as DateTime(2026,11,30), ids as Guid("…").'
					: isKeyInUse(reply.body)
						? 'An earlier try has reached Xero, and what it was made from has changed since. Look in Xero whether it is done before running it again: after six minutes Xero takes it for a new wish.'
						: undefined,
			httpCode: '400',
		},
	};
}

function explainUnauthorised(reply: AnsweredReply, context: ExplainContext): Explanation {
	const challenge = reply.headers['www-authenticate'] ?? '';
	const { sentences } = readRefusal(reply.body);
	const said = sentences.join(' ');
	return {
		reach: 'run',
		failure: isRefusedScope(challenge, said)
			? {
					kind: 'api',
					message: `The connection to Xero lacks a permission${context.scope ? ` (scope ${context.scope})` : ''}`,
					description: `Add the scope${context.scope ? ` ${context.scope}` : ''} to ${
						context.route === 'hub' ? "the workspace's app keys in the hub" : 'the credential'
					}, then connect to Xero again: existing connections keep their old scopes.${premiumNote(context.scope)}`,
					httpCode: '401',
				}
			: {
					kind: 'api',
					message: `Xero did not accept the connection${said === '' ? '' : `: ${said}`}`,
					description:
						context.route === 'hub'
							? 'Reconnect the organisation in the hub.'
							: 'Open the Xero OAuth2 credential and connect it again.',
					httpCode: '401',
				},
	};
}

/** Scopes that Xero does not give to every app: asking for them ends on its own error page. */
function premiumNote(scope = ''): string {
	return scope.startsWith('accounting.journals')
		? ' Xero gives this scope only to apps of its Advanced tier, after a security assessment.'
		: '';
}

function explainForbidden(_reply: AnsweredReply, context: ExplainContext): Explanation {
	const organisation = context.tenantId ? ` ${context.tenantId}` : '';
	if (context.scope?.startsWith('payroll.') === true) {
		return {
			reach: 'organisation',
			failure: {
				kind: 'api',
				message: `Xero does not open the payroll of the organisation${organisation}`,
				description:
					'Payroll has to be set up in the organisation, and the user who connected it has to be a payroll administrator. The country has to be right: Australia has a payroll API of its own.',
				httpCode: '403',
			},
		};
	}
	return {
		reach: 'organisation',
		failure: {
			kind: 'api',
			message: `Xero does not let this connection use the organisation${organisation}`,
			description: `Choose another organisation, or connect this one ${
				context.route === 'hub' ? 'in the hub' : 'in the credential'
			} as a user who may do this in Xero.`,
			httpCode: '403',
		},
	};
}

function explainNotFound(reply: AnsweredReply): Explanation {
	return {
		reach: 'request',
		failure: {
			kind: 'api',
			message: text(member(reply.body, 'Message')) ?? 'Xero has no record with this id',
			description:
				'Check the ids in this item, the contact included, and that they belong to the chosen organisation.',
			httpCode: '404',
		},
	};
}

function explainTooLong(): Explanation {
	return {
		reach: 'request',
		failure: {
			kind: 'api',
			message: `The address of this request is longer than Xero takes, which is about ${LONGEST_XERO_ADDRESS.toLocaleString('en')} characters`,
			description:
				'Shorten the text that is sought or filtered by, or split the filters over several items. Whether Xero has the record is not known.',
			httpCode: '414',
		},
	};
}

function explainPrecondition(reply: AnsweredReply): Explanation {
	return {
		reach: 'request',
		failure: {
			kind: 'api',
			message:
				text(member(reply.body, 'Message')) ??
				'Xero refused the request: a precondition was not met',
			description: 'Read the record again and repeat the change on its newest version.',
			httpCode: '412',
		},
	};
}

function explainUnavailable(reply: AnsweredReply, { write }: ExplainContext): Explanation {
	const said = readRefusal(reply.body).sentences.join(' ') || shortText(reply.body);
	return {
		reach: 'request',
		failure: {
			kind: 'api',
			message: `Xero could not process the request (${reply.status})${said ? `: ${said}` : ''}`,
			description: write
				? 'Look in Xero whether the records were saved, then run these items again in a few minutes.'
				: 'Run the node again in a few minutes.',
			httpCode: String(reply.status),
		},
	};
}

function explainOther(reply: AnsweredReply): Explanation {
	const said = readRefusal(reply.body).sentences.join(' ') || shortText(reply.body);
	return {
		reach: 'request',
		failure: {
			kind: 'api',
			message: `Xero refused the request (${reply.status})${said ? `: ${said}` : ''}`,
			httpCode: String(reply.status),
		},
	};
}

/** Plain-text bodies are passed on; pages of HTML are not. */
function shortText(body: unknown): string | undefined {
	const words = text(body);
	return words !== undefined && words.length <= 200 && !words.startsWith('<') ? words : undefined;
}
