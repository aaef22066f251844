import type { EventType } from './eventTypes';

/** `POST /api/v1/subscriptions`. Idempotent by `url`: posting again updates the subscription. */
export interface SubscriptionRequest {
	/** Where deliveries are POSTed; a test URL and a production URL are two subscriptions. */
	readonly url: string;
	readonly events: readonly EventType[];
	/** Only these organisations; absent or empty means every organisation of the workspace. */
	readonly tenantIds?: readonly string[];
	/** Put the full record into each delivery. Default: false. */
	readonly hydrate?: boolean;
}

/** The answer to {@link SubscriptionRequest}: 201 when new, 200 when the URL was known. */
export interface SubscriptionCreated extends SubscriptionView {
	/** `whsec_…` of Standard Webhooks; the same on every call until it is rotated. */
	readonly secret: string;
}

/** `GET /api/v1/subscriptions/{id}`. */
export interface SubscriptionView {
	readonly id: string;
	readonly url: string;
	readonly events: readonly EventType[];
	readonly tenantIds: readonly string[];
	readonly hydrate: boolean;
	readonly status: 'active' | 'disabled';
	/** ISO 8601, UTC. */
	readonly createdAt: string;
}
