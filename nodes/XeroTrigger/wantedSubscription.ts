import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import type { SubscriptionRequest, SubscriptionView } from '../../hub-server/protocol';

/** What the node's parameters ask the hub for. */
export function wantedSubscription(context: IHookFunctions): Required<SubscriptionRequest> {
	const url = context.getNodeWebhookUrl('default');
	if (url === undefined) {
		throw new NodeOperationError(context.getNode(), 'N8n gave this trigger no webhook URL');
	}
	const options = context.getNodeParameter('options', {}) as { hydrate?: boolean };
	return {
		url,
		events: context.getNodeParameter('events') as string[],
		tenantIds: context.getNodeParameter('organisations', []) as string[],
		hydrate: options.hydrate === true,
	};
}

/** Whether the hub has exactly what the node asks for, and delivers. */
export function isAsWanted(
	subscription: SubscriptionView,
	wanted: Required<SubscriptionRequest>,
): boolean {
	return (
		subscription.status === 'active' &&
		subscription.url === wanted.url &&
		subscription.hydrate === wanted.hydrate &&
		sameSet(subscription.events, wanted.events) &&
		sameSet(subscription.tenantIds, wanted.tenantIds)
	);
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
	const [left, right] = [new Set(some), new Set(others)];
	return left.size === right.size && [...left].every((member) => right.has(member));
}
