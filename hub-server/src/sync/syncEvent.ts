import { newId } from '../database/newId';
import type { NewEvent } from '../events/appendEvents';
import { recordPath } from '../records/xeroEntities';
import type { Overdue } from '../subscriptions/Overdue';
import type { Stream } from './Stream';

/** What a sync has found that nobody has told: the rest of its event follows from the stream. */
export interface SyncFinding {
	readonly change: NewEvent['change'];
	readonly resourceId: string;
	/** What tells this change of the record from its others. */
	readonly eventDateUtc: string;
	/** Epoch milliseconds. */
	readonly occurredAt: number;
	readonly found: NonNullable<NewEvent['found']>;
	/** What no record tells. */
	readonly data?: Overdue;
}

/**
 * The event by which a sync tells what it has found.
 *
 * @param apiUrl `https://api.xero.com`, without a trailing slash
 * @param at epoch milliseconds
 */
export function syncEvent(
	{ workspaceId, tenantId, entity }: Pick<Stream, 'workspaceId' | 'tenantId' | 'entity'>,
	{ data, ...finding }: SyncFinding,
	{ apiUrl, at }: { readonly apiUrl: string; readonly at: number },
): NewEvent & { readonly id: string } {
	return {
		...finding,
		id: newId(at),
		workspaceId,
		tenantId,
		category: entity.category,
		resourceUrl: `${apiUrl}${recordPath(entity, finding.resourceId)}`,
		receivedAt: at,
		source: 'sync',
		original: data === undefined ? {} : { data },
		payloadId: null,
		isSwitchedOff: false,
	};
}
