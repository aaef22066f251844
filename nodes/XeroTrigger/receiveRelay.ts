import { PROBE, receiptFor, verifyRelay, type RelayedEvent } from '../../hub-server/protocol';

import type { StoredSubscription } from './StoredSubscription';
import type { Answer, TakenDeliveries } from './TakenDeliveries';

export interface Relay {
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	/** The bytes as they came: the signature covers them, not their parsed form. */
	readonly rawBody: Buffer | undefined;
	/** What n8n will answer. */
	readonly answer: Answer;
}

/** How to answer the hub, and whether the workflow runs. */
export type RelayDecision =
	| {
			readonly action: 'run';
			readonly event: RelayedEvent;
			/** For the header of the answer. */
			readonly receipt: string;
			/** To be called when the exchange is over. */
			settle(): void;
	  }
	/** Answer 200 with a receipt, and run nothing: it was taken already, or it only asks who is there. */
	| { readonly action: 'acknowledge'; readonly receipt: string }
	| { readonly action: 'refuse'; readonly status: 400 | 401 | 503; readonly reason: string };

/**
 * Decides about one delivery of the hub.
 *
 * Without a stored secret nothing can be verified; 503 makes the hub try again later instead of
 * giving the event up, and so does it while another try of the delivery has no answer yet.
 *
 * @param nowSeconds Unix seconds
 */
export function receiveRelay(
	relay: Relay,
	subscription: Pick<StoredSubscription, 'id' | 'secret'> | undefined,
	taken: TakenDeliveries,
	nowSeconds: number,
): RelayDecision {
	if (subscription === undefined) {
		return { action: 'refuse', status: 503, reason: 'no_subscription_secret' };
	}
	if (relay.rawBody === undefined) return { action: 'refuse', status: 503, reason: 'no_raw_body' };
	const verdict = verifyRelay(relay.headers, relay.rawBody, subscription.secret, nowSeconds);
	if (!verdict.ok) return { action: 'refuse', status: 401, reason: verdict.reason };
	const event = parseEvent(relay.rawBody);
	if (event === undefined) return { action: 'refuse', status: 400, reason: 'not_an_event' };
	const receipt = receiptFor(subscription.secret, verdict.id);
	if (event.type === PROBE) return { action: 'acknowledge', receipt };
	switch (taken.begin(subscription.id, verdict.id, relay.answer)) {
		case 'new':
			return {
				action: 'run',
				event,
				receipt,
				settle: () => taken.settle(subscription.id, verdict.id),
			};
		case 'in_flight':
			return { action: 'refuse', status: 503, reason: 'in_flight' };
		case 'taken':
			return { action: 'acknowledge', receipt };
	}
}

function parseEvent(rawBody: Buffer): RelayedEvent | undefined {
	try {
		const body: unknown = JSON.parse(rawBody.toString('utf8'));
		return isEvent(body) ? body : undefined;
	} catch {
		return undefined;
	}
}

function isEvent(body: unknown): body is RelayedEvent {
	return (
		typeof body === 'object' &&
		body !== null &&
		'id' in body &&
		typeof body.id === 'string' &&
		'type' in body &&
		typeof body.type === 'string'
	);
}
