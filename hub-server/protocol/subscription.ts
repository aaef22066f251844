import { OVERDUE_TYPES, type EventType } from './eventTypes';

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
	/** Where deliveries are POSTed; a test URL and a production URL are two subscriptions. */
	readonly url: string;
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
	/** `parked`: its trigger is unpublished, and its queue rests. */
	readonly status: 'active' | 'disabled' | 'parked';
	/** ISO 8601, UTC: until then a parked queue is kept; null while it is not parked. */
	readonly parkedUntil: string | null;
	/** The address that it had before n8n moved; null where it has not. */
	readonly movedFrom: string | null;
	/** ISO 8601, UTC. */
	readonly createdAt: string;
}
