import { NodeApiError, type IHookFunctions } from 'n8n-workflow';

import type {
	SubscriptionCreated,
	SubscriptionRequest,
	SubscriptionView,
} from '../../hub-server/protocol';
import { explainReply } from '../Xero/errors/explainReply';
import { exchange } from '../Xero/transport/exchange';
import { hubRequest, type HubCall } from '../Xero/transport/hubRequest';
import { HUB_CREDENTIAL } from '../Xero/transport/hubTransport';
import type { XeroReply } from '../Xero/messages/XeroReply';

/** n8n 2.x tries for fifteen seconds, shows the workflow as published, and tries nothing at its next start. */
const PUBLISH_AGAIN =
	' No event reaches this workflow until then, even if n8n shows it as published: unpublish and publish it once the hub is there.';

/** The hub's subscriptions, as the trigger's lifecycle needs them. Every refusal is thrown. */
export interface HubSubscriptions {
	/** `gone`: the hub does not know it (any more). `away`: no hub answered, or one in trouble. */
	find(id: string): Promise<SubscriptionView | 'gone' | 'away'>;
	/** Idempotent by key or URL: an existing subscription is updated, and keeps its secret. */
	put(request: SubscriptionRequest): Promise<SubscriptionCreated>;
	/**
	 * Removing one that is gone already is fine, and so is one that belongs to another address by now:
	 * the trigger was published anew, or this n8n is a copy of the one that it belongs to.
	 *
	 * @param at where the node's deliveries go now, and the generation that it knows of
	 */
	remove(
		id: string,
		at: { readonly url: string; readonly generation?: number | undefined },
	): Promise<void>;
}

export function hubSubscriptions(context: IHookFunctions): HubSubscriptions {
	const call = async (request: HubCall) =>
		await exchange(context, HUB_CREDENTIAL, await hubRequest(context, request));

	const read = <T>(reply: XeroReply, whenAway = ''): T => {
		if (reply.kind === 'answered' && reply.status >= 200 && reply.status < 300) {
			return reply.body as T;
		}
		const { message, description, httpCode } = explainReply(reply, {
			route: 'hub',
			nowMs: Date.now(),
		}).failure;
		const whole = isAway(reply) ? `${description ?? ''}${whenAway}`.trim() : description;
		throw new NodeApiError(
			context.getNode(),
			{ message },
			{ message, description: whole, httpCode },
		);
	};

	return {
		async find(id) {
			const reply = await call({ method: 'GET', path: `subscriptions/${encodeURIComponent(id)}` });
			if (isAway(reply)) return 'away';
			return isUnknown(reply) ? 'gone' : read<SubscriptionView>(reply);
		},
		async put(request) {
			const body = JSON.stringify(request);
			return read(await call({ method: 'POST', path: 'subscriptions', body }), PUBLISH_AGAIN);
		},
		async remove(id, { url, generation }) {
			const reply = await call({
				method: 'DELETE',
				path: `subscriptions/${encodeURIComponent(id)}`,
				query: { url, ...(generation !== undefined && { generation: String(generation) }) },
			});
			if (!isUnknown(reply) && !isElsewhere(reply)) read(reply);
		},
	};
}

/** A hub that has no time now, or a proxy that has no hub behind it, which some say with a 404. */
function isAway(reply: XeroReply): boolean {
	if (reply.kind === 'lost') return true;
	if (reply.kind !== 'answered') return false;
	const { status } = reply;
	return status >= 500 || status === 408 || status === 429 || (status === 404 && !isUnknown(reply));
}

function isUnknown(reply: XeroReply): boolean {
	return isRefusedAs(reply, 404, 'not_found');
}

function isElsewhere(reply: XeroReply): boolean {
	return isRefusedAs(reply, 409, 'subscription_elsewhere');
}

/** By the hub itself: nobody else has its codes. */
function isRefusedAs(reply: XeroReply, status: number, code: string): boolean {
	return (
		reply.kind === 'answered' &&
		reply.status === status &&
		(reply.body as { code?: unknown } | null)?.code === code
	);
}
