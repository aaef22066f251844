import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import type { SubscriptionRequest, SubscriptionView } from '../../hub-server/protocol';

/** A subscription as this node asks for it: with every option, so that nothing is left to a default. */
export type WantedSubscription = Required<
	Omit<SubscriptionRequest, 'generation' | 'filter' | 'delivery'>
>;

/** What the node's parameters ask the hub for. */
export function wantedSubscription(context: IHookFunctions): WantedSubscription {
	const options = context.getNodeParameter('options', {}) as {
		hydrate?: boolean;
		whileUnpublished?: 'keep' | 'drop';
	};
	return {
		url: webhookUrl(context),
		events: context.getNodeParameter('events') as string[],
		tenantIds: context.getNodeParameter('organisations', []) as string[],
		hydrate: options.hydrate === true,
		key: {
			instanceId: context.getInstanceId(),
			workflowId: String(context.getWorkflow().id),
			nodeId: context.getNode().id,
		},
		// n8n says `manual` only while the editor listens for a test event.
		mode: context.getActivationMode() === 'manual' ? 'test' : 'production',
		requireReceipt: true,
		whileUnpublished: options.whileUnpublished ?? 'keep',
	};
}

/** Where deliveries of this node go now. @throws NodeOperationError when n8n has no address for it */
export function webhookUrl(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (url === undefined) {
		throw new NodeOperationError(context.getNode(), 'N8n gave this trigger no webhook URL');
	}
	return url;
}

/**
 * Whether the hub has what the node asks for, and delivers. Options that an older hub does not know
 * do not count: what runs goes on running until it is published anew.
 */
export function isAsWanted(subscription: SubscriptionView, wanted: WantedSubscription): boolean {
	const { requireReceipt = wanted.requireReceipt } = subscription;
	const { whileUnpublished = wanted.whileUnpublished } = subscription;
	return (
		subscription.status === 'active' &&
		subscription.url === wanted.url &&
		subscription.hydrate === wanted.hydrate &&
		requireReceipt === wanted.requireReceipt &&
		whileUnpublished === wanted.whileUnpublished &&
		sameSet(subscription.events, wanted.events) &&
		sameSet(subscription.tenantIds, wanted.tenantIds)
	);
}

/** The same for the same wish, in whatever order its events and organisations stand. */
export function fingerprint({ events, tenantIds, ...rest }: WantedSubscription): string {
	return JSON.stringify([[...events].sort(), [...tenantIds].sort(), rest]);
}

/** The options that the hub does not echo: it is too old to keep them. */
export function notKept(
	subscription: SubscriptionView,
	wanted: WantedSubscription,
): readonly (keyof WantedSubscription)[] {
	const names = Object.keys(wanted) as (keyof WantedSubscription)[];
	return names.filter((name) => subscription[name] === undefined);
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
	const [left, right] = [new Set(some), new Set(others)];
	return left.size === right.size && [...left].every((member) => right.has(member));
}
