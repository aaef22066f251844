import type { RecordState } from '../database/tables';
import type { EventCause } from '../subscriptions/EventCause';
import type { Overdue } from '../subscriptions/Overdue';
import type { RecordDifference } from '../records/recordDifference';

/** A change in Xero as the hub keeps it, once for each workspace that it goes to. */
export interface StoredEvent {
	readonly id: string;
	readonly workspaceId: string;
	readonly tenantId: string;
	/** Xero's eventCategory, upper case. */
	readonly category: string;
	readonly change: 'created' | 'updated' | 'deleted';
	readonly resourceId: string;
	readonly resourceUrl: string;
	/** Epoch milliseconds: when it happened in Xero. */
	readonly occurredAt: number;
	/** Epoch milliseconds: when the hub had it on disk. */
	readonly receivedAt: number;
	/** Told, or found. */
	readonly source: 'webhook' | 'sync';
	/** The event exactly as Xero sent it. */
	readonly original: Readonly<Record<string, unknown>>;
	readonly recordState: RecordState;
	/** The record as Xero answered it; undefined until it was read. */
	readonly record: Readonly<Record<string, unknown>> | undefined;
	/** The event that had told the same change before. */
	readonly sameAs: string | null;
	/** Of the change, the most telling first and `<entity>.<change>` last; none until its record was read. */
	readonly types: readonly string[];
	/** Members whose content the change moved, and their former values; undefined where no former state was known. */
	readonly difference: RecordDifference | undefined;
	/** Nothing has changed: a record has become overdue. */
	readonly overdue?: Overdue | undefined;
	/** Null for what others wrote, and while the version that it told is not known. */
	readonly cause: EventCause | null;
}
