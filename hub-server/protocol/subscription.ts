import { OVERDUE_TYPES, type EventType } from './eventTypes';
import type { RelayedEvent } from './relayedEvent';

/**
 * Which trigger node a subscription belongs to: the same while the workflow is published anew, renamed
 * or moved, and the same in a copy of n8n's database. Those in the editor's test listener are the same too.
 */
export interface TriggerKey {
	readonly instanceId: string;
	readonly workflowId: string;
	readonly nodeId: string;
}

/** A published workflow, or the editor that listens for a test event. */
export type SubscriptionMode = 'production' | 'test';

/** `push`: the hub POSTs each event. `pull`: whoever it belongs to asks for them, for the hub cannot reach it. */
export type SubscriptionDelivery = 'push' | 'pull';
/** What a listener for a test event is sent at once. */
export type SampleKind = 'latest' | 'example';

/** What becomes of the queue of a trigger that was unpublished for longer than ten minutes. */
export type WhileUnpublished = 'keep' | 'drop';

/**
 * Which records a subscription is about. What a record does not have, such as the total of a contact, leaves
 * nothing out; a record that cannot be read is delivered with `classified: false`.
 */
export interface SubscriptionFilter {
	/** Xero's `Type`, such as `ACCREC`. */
	readonly documentTypes?: readonly string[];
	/** Xero's `Status` or `ContactStatus`. */
	readonly statuses?: readonly string[];
	readonly contactIds?: readonly string[];
	/** In the document's currency, inclusive. */
	readonly minTotal?: number;
	readonly maxTotal?: number;
	/** Members of Xero's: only where one of them has another content than before. */
	readonly changed?: readonly string[];
	/**
	 * Leaves out what the trigger's own workflow wrote through the hub; without a `key`, what anybody wrote
	 * through it. What may hold somebody else's change is delivered.
	 */
	readonly causedByOthersOnly?: boolean;
	/** Of `overdue` events: by how many days, from 1 to {@link MOST_OVERDUE_DAYS}. Default: 1, the day after the due date. */
	readonly overdueDays?: number;
}

/** The most that `filter.overdueDays` takes: a year. */
export const MOST_OVERDUE_DAYS = 365;

/** By how many days records are overdue when a subscription is told of it; undefined where it does not ask. */
export function overdueDaysOf({
	events,
	filter,
}: {
	readonly events: readonly EventType[];
	readonly filter?: SubscriptionFilter | null | undefined;
}): number | undefined {
	if (!OVERDUE_TYPES.some((type) => events.includes(type))) return undefined;
	return filter?.overdueDays ?? 1;
}

/**
 * `POST /api/v1/subscriptions`. Idempotent by `key` at the origin of `url`, or by `url` where there is
 * no key: posting again updates the subscription.
 */
export interface SubscriptionRequest {
	/**
	 * Where deliveries are POSTed; a test URL and a production URL are two subscriptions. Of one that is pulled
	 * it is a name, such as `pull:nightly-books`, and may be left out where there is a key.
	 */
	readonly url?: string;
	readonly events: readonly EventType[];
	/** Only these organisations; absent or empty means every organisation of the workspace. */
	readonly tenantIds?: readonly string[];
	/** Put the full record into each delivery. Default: false. */
	readonly hydrate?: boolean;
	readonly key?: TriggerKey;
	/** Default: production. One for tests takes nothing over and ends after ten minutes. */
	readonly mode?: SubscriptionMode;
	/** The caller's last known generation: what is answered is larger. */
	readonly generation?: number;
	/** A 2xx counts only with the header {@link RECEIPT_HEADER}. Default: false. */
	readonly requireReceipt?: boolean;
	/** Default: keep. */
	readonly whileUnpublished?: WhileUnpublished;
	readonly filter?: SubscriptionFilter;
	/** Default: push. */
	readonly delivery?: SubscriptionDelivery;
	/** Of one for tests: what it is sent at once; an example where nothing has happened yet. */
	readonly sample?: SampleKind;
}

/** The answer to {@link SubscriptionRequest}: 201 when new, 200 when it was known. */
export interface SubscriptionCreated extends SubscriptionView {
	/** `whsec_…` of Standard Webhooks; the same on every call until it is rotated. */
	readonly secret: string;
	/** What it is sent at once; absent where nothing was asked for. */
	readonly sample?: SampleKind;
}

/** `GET /api/v1/subscriptions/{id}`. */
export interface SubscriptionView {
	readonly id: string;
	readonly url: string;
	readonly events: readonly EventType[];
	readonly tenantIds: readonly string[];
	readonly hydrate: boolean;
	readonly key: TriggerKey | null;
	readonly mode: SubscriptionMode;
	/** Grows by one each time a trigger asks for it: tells a late *delete* from one that is meant. */
	readonly generation: number;
	readonly requireReceipt: boolean;
	readonly whileUnpublished: WhileUnpublished;
	readonly filter: SubscriptionFilter | null;
	readonly delivery: SubscriptionDelivery;
	/**
	 * ISO 8601, UTC: when it was last pulled from; null where it never was since it was published last. A
	 * trigger that is answered a time takes over from one that may still be running.
	 */
	readonly pulledAt: string | null;
	/** `parked`: its trigger is unpublished, and its queue rests. */
	readonly status: 'active' | 'disabled' | 'parked';
	/** ISO 8601, UTC: until then a parked queue is kept; null while it is not parked. */
	readonly parkedUntil: string | null;
	/** The address that it had before n8n moved; null where it has not. */
	readonly movedFrom: string | null;
	/** ISO 8601, UTC. */
	readonly createdAt: string;
}

/** `GET /api/v1/subscriptions/{id}/pull`: what is leased to the caller until it acknowledges it, or the lease ends. */
export interface PulledPage {
	/** Names the lease, for `acknowledge`; null where nothing is due. */
	readonly leaseId: string | null;
	/** ISO 8601, UTC; null where nothing is due. */
	readonly leasedUntil: string | null;
	readonly items: readonly PulledDelivery[];
	/** Whether more is due now. */
	readonly more: boolean;
}

/** One delivery, as it would have been pushed. */
export interface PulledDelivery {
	/** Of the delivery: what a push has in `webhook-id`. */
	readonly id: string;
	/** 1 the first time. */
	readonly attempt: number;
	readonly event: RelayedEvent;
}

/** What became of a delivery that was acknowledged. */
export type Acknowledged =
	| 'acknowledged'
	/** The lease had ended, and nobody else has the delivery: it counts. */
	| 'late'
	/** It was acknowledged before. */
	| 'already'
	/** It is leased to somebody else by now, who is to acknowledge it: nothing changes. */
	| 'elsewhere'
	/** It was given up, filtered or cancelled meanwhile: nothing changes. */
	| 'ended'
	/** The subscription has no such delivery, or it was never pulled. */
	| 'unknown';
