import { member, text } from '../../../hub-server/protocol/xero';
import type { AnsweredReply } from '../messages/XeroReply';
import { explainLimited } from './explainLimited';
import type { ExplainContext, Explanation } from './Explanation';

/** The hub's own errors are problem+json with a stable `code`; Xero's have no such member. */
interface HubProblem {
	readonly code: string;
	readonly title?: unknown;
	readonly detail?: unknown;
}

export function isHubProblem(body: unknown): body is HubProblem {
	return (
		typeof member(body, 'code') === 'string' &&
		text(member(body, 'title') ?? member(body, 'detail')) !== undefined
	);
}

/** What the hub itself says, for itself or for Xero's silence. */
export function explainHubProblem(
	reply: AnsweredReply,
	problem: HubProblem,
	context: ExplainContext,
): Explanation {
	// The hub's headers name the limit and its end as Xero's do.
	if (problem.code === 'xero_rate_limited') return explainLimited(reply, context);
	return {
		reach: HUB_REACH[reply.status] ?? 'request',
		failure: {
			kind: 'api',
			message: text(problem.detail) ?? text(problem.title) ?? problem.code,
			description: adviceOnHubProblem(reply, problem, context),
			httpCode: String(reply.status),
		},
	};
}

/** 401: the API key; 403 and 409: what the workspace lacks for this organisation; 429: too many calls. */
const HUB_REACH: Readonly<Record<number, Explanation['reach']>> = {
	401: 'run',
	403: 'organisation',
	409: 'organisation',
	429: 'organisation',
};

/** Codes of the hub for a call that Xero may have seen and did not answer. */
const UNANSWERED: ReadonlySet<string> = new Set(['xero_connection_failed', 'xero_timeout']);

function adviceOnHubProblem(
	{ status }: AnsweredReply,
	{ code }: HubProblem,
	{ write }: ExplainContext,
): string {
	if (status === 401) return 'Open the Xero Hub credential and check its API key.';
	if (!UNANSWERED.has(code)) return `The hub refused this itself (${code}).`;
	return write === true
		? 'Look in Xero whether the records were saved, then run these items again in a few minutes.'
		: 'Run the node again in a few minutes.';
}
