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

/** The hub's subscriptions, as the trigger's lifecycle needs them. Every refusal is thrown. */
export interface HubSubscriptions {
	/** `undefined` when the hub does not know it (any more). */
	find(id: string): Promise<SubscriptionView | undefined>;
	/** Idempotent by URL: an existing subscription is updated, and keeps its secret. */
	put(request: SubscriptionRequest): Promise<SubscriptionCreated>;
	/** Removing one that is gone already is fine. */
	remove(id: string): Promise<void>;
}

export function hubSubscriptions(context: IHookFunctions): HubSubscriptions {
	const call = async (request: HubCall) =>
		await exchange(context, HUB_CREDENTIAL, await hubRequest(context, request));

	const read = <T>(reply: XeroReply): T => {
		if (reply.kind === 'answered' && reply.status >= 200 && reply.status < 300) {
			return reply.body as T;
		}
		const { message, description, httpCode } = explainReply(reply, {
			route: 'hub',
			nowMs: Date.now(),
		}).failure;
		throw new NodeApiError(context.getNode(), { message }, { message, description, httpCode });
	};

	return {
		async find(id) {
			const reply = await call({ method: 'GET', path: `subscriptions/${encodeURIComponent(id)}` });
			return isGone(reply) ? undefined : read<SubscriptionView>(reply);
		},
		async put(request) {
			const body = JSON.stringify(request);
			return read(await call({ method: 'POST', path: 'subscriptions', body }));
		},
		async remove(id) {
			const reply = await call({
				method: 'DELETE',
				path: `subscriptions/${encodeURIComponent(id)}`,
			});
			if (!isGone(reply)) read(reply);
		},
	};
}

function isGone(reply: XeroReply): boolean {
	return reply.kind === 'answered' && reply.status === 404;
}
