import { verifyRelay, type RelayedEvent } from '../../hub-server/protocol';

import type { SeenDeliveries } from './SeenDeliveries';

/** What the hub gave when the subscription was made. */
export interface StoredSubscription {
	readonly id: string;
	/** `whsec_…`. */
	readonly secret: string;
}

export interface Relay {
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	/** The bytes as they came: the signature covers them, not their parsed form. */
	readonly rawBody: Buffer | undefined;
}

/** How to answer the hub, and whether the workflow runs. */
export type RelayDecision =
	| { readonly action: 'run'; readonly event: RelayedEvent }
	/** Answer 200: this delivery already ran. */
	| { readonly action: 'ignore' }
	| { readonly action: 'refuse'; readonly status: 400 | 401 | 503; readonly reason: string };

/**
 * Decides about one delivery of the hub.
 *
 * Without a stored secret nothing can be verified; 503 makes the hub try again later instead of
 * giving the event up. A delivery counts as seen from the moment it is let through.
 *
 * @param nowSeconds Unix seconds
 */
export function receiveRelay(
	relay: Relay,
	subscription: StoredSubscription | undefined,
	seen: SeenDeliveries,
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
	return seen.add(subscription.id, verdict.id) ? { action: 'run', event } : { action: 'ignore' };
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
