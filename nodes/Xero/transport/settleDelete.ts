import { isHubProblem } from '../errors/explainHubProblem';
import type { XeroReply } from '../messages/XeroReply';
import type { XeroRequest } from '../messages/XeroRequest';
import type { Retries } from './planRetry';

/**
 * The last answer to a request that was tried several times. Xero knows no idempotency key of a
 * DELETE: when an earlier try may have been carried out without an answer, "not found" means that
 * what was to go is gone.
 */
export function settleDelete(request: XeroRequest, reply: XeroReply, retries: Retries): XeroReply {
	const mayBeDone = retries.lost > 0 || retries.unavailable > 0;
	if (request.method !== 'DELETE' || !mayBeDone) return reply;
	if (reply.kind !== 'answered' || reply.status !== 404 || isHubProblem(reply.body)) return reply;
	return { kind: 'answered', status: 204, headers: reply.headers, body: '' };
}
