import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import type {
	SampleKind,
	SubscriptionCreated,
	SubscriptionFilter,
	SubscriptionRequest,
	SubscriptionView,
} from '../../hub-server/protocol';
import { readEventWish, type EventWish } from './eventWish';

/** A subscription as this node asks for it: with every option, so that nothing is left to a default. */
export type WantedSubscription = EventWish &
	Required<Pick<SubscriptionRequest, 'url' | 'key' | 'mode' | 'requireReceipt'>> &
	Pick<SubscriptionRequest, 'sample'>;

/** What the node's parameters ask the hub for. */
export function wantedSubscription(context: IHookFunctions): WantedSubscription {
	const isTest = context.getActivationMode() === 'manual';
	const sample = context.getNodeParameter('testEvent', 'wait') as SampleKind | 'wait';
	return {
		url: webhookUrl(context),
		key: {
			instanceId: context.getInstanceId(),
			workflowId: String(context.getWorkflow().id),
			nodeId: context.getNode().id,
		},
		// n8n says `manual` only while the editor listens for a test event.
		mode: isTest ? 'test' : 'production',
		requireReceipt: true,
		...readEventWish(context),
		...(isTest && sample !== 'wait' && { sample }),
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
		sameSet(subscription.tenantIds, wanted.tenantIds) &&
		sameFilter(subscription.filter, wanted.filter)
	);
}

/** The same for the same wish, in whatever order its events and organisations stand. */
export function fingerprint({ events, tenantIds, ...rest }: WantedSubscription): string {
	const lasting = { ...rest, sample: undefined };
	return JSON.stringify([[...events].sort(), [...tenantIds].sort(), lasting]);
}

/** The options that the hub does not echo, in its own words: it is too old to keep them. */
export function notKept(
	subscription: SubscriptionCreated,
	wanted: WantedSubscription,
): readonly string[] {
	const names = Object.keys(wanted) as (keyof WantedSubscription)[];
	const { filter: asked = {} } = wanted;
	const kept = subscription.filter ?? {};
	return [
		...names.filter((name) => (subscription[name] ?? undefined) === undefined),
		...(subscription.filter
			? Object.keys(asked)
					.filter((name) => !(name in kept))
					.map((name) => `filter.${name}`)
			: []),
	];
}

/** Members in any order; a hub that is too old tells no filter. */
function sameFilter(
	kept: SubscriptionFilter | null | undefined,
	wanted: SubscriptionFilter | undefined,
): boolean {
	const sorted = (filter: SubscriptionFilter | null | undefined) =>
		JSON.stringify(Object.entries(filter ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
	return sorted(kept) === sorted(wanted);
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
	const [left, right] = [new Set(some), new Set(others)];
	return left.size === right.size && [...left].every((member) => right.has(member));
}
