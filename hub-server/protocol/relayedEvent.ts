import type { EventType } from './eventTypes';
import type { SampleKind } from './subscription';

/**
 * The `type` of a signed question whether a trigger is still there. It is answered with a receipt, and
 * starts nothing.
 */
export const PROBE = 'probe';

/** The JSON body of every delivery; the `webhook-id` header names the delivery, `id` the event. */
export interface RelayedEvent {
	/** The event's id: the same in every delivery and replay of it. */
	readonly id: string;
	readonly type: EventType;
	/** Slug of the workspace. */
	readonly workspace: string;
	readonly tenant: { readonly id: string; readonly name: string | null };
	readonly source: 'webhook' | 'sync' | 'replay';
	/** ISO 8601, UTC: when it happened in Xero. */
	readonly occurredAt: string;
	/** ISO 8601, UTC: when the hub had it on disk. */
	readonly receivedAt: string;
	/** Every type of the change; `type` is the most specific of them that the subscription asked for. */
	readonly types: readonly EventType[];
	readonly resource: { readonly id: string; readonly url: string; readonly entity: string };
	/**
	 * What Xero put in the event's `data`, or the whole event for a `raw` subscription; of an overdue record
	 * `{dueDate, overdueDays}`.
	 */
	readonly data?: unknown;
	/** What the record is in other systems, as it was linked when this was sent; hubs before links left it out. */
	readonly links?: ReadonlyArray<{ readonly system: string; readonly externalId: string }>;
	/** The full record in Xero's own shape, when the subscription asked for `hydrate`. */
	readonly record?: Record<string, unknown>;
	/** Members of the record whose content the change moved; absent where no former state was known. */
	readonly changed?: readonly string[];
	/** The former values of the members in `changed`; one that was not there is absent. */
	readonly previous?: Readonly<Record<string, unknown>>;
	/**
	 * Who wrote, through the hub, the version that was read; absent for others' changes, and where the hub read
	 * no record. `workflow` is the id of n8n's, `node` the node's name; `system` and `pushId` are those of the push that wrote it.
	 */
	readonly causedBy?: {
		readonly system?: string;
		readonly pushId?: string;
		readonly workflow?: string;
		readonly node?: string;
	};
	/** Of what a listener for a test event was sent at once: the latest that there was, or an example made up by the hub. */
	readonly sample?: SampleKind;
	/** `true` when it waited because its trigger was unpublished. */
	readonly whileUnpublished?: true;
	/** `false` when the hub could not read the record to tell a sales invoice from a bill. */
	readonly classified?: boolean;
}
