import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { RelayedEvent } from '../../hub-server/protocol';
import { updatedAt } from '../../hub-server/protocol/xero';
import type { Organisation } from '../Xero/transport/XeroTransport';
import { readXeroDates } from '../Xero/values/xeroDates';
import type { ToldChange } from './tellChanges';
import type { WatchedList } from './watchedLists';

/** The item that starts the workflow: what the hub would send, without a hub. */
export interface ChangeEvent extends Omit<RelayedEvent, 'workspace'> {
	/** Everything that the change is, the most telling first. */
	readonly types: readonly string[];
}

/**
 * @param receivedAt when it was read
 * @returns an event whose id follows from the organisation, the record and its version: the same however
 * often the change is told
 */
export function changeEvent(
	{ collection: { path, idField } }: WatchedList,
	{ tenantId, name }: Organisation,
	{ record, entity, types, type, isClassified }: ToldChange<IDataObject>,
	receivedAt: Date,
): ChangeEvent {
	const id = String(record[idField]);
	const at = updatedAt(record);
	const version = at > 0 ? String(at) : JSON.stringify(record);
	return {
		id: `evt_${hashOf([tenantId, entity, id, version])}`,
		type,
		types,
		tenant: { id: tenantId, name },
		source: 'sync',
		occurredAt: (at > 0 ? new Date(at) : receivedAt).toISOString(),
		receivedAt: receivedAt.toISOString(),
		resource: { id, url: `https://api.xero.com/${path}/${id}`, entity },
		record: readXeroDates(record),
		...(isClassified ? {} : { classified: false }),
	};
}

function hashOf(parts: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
