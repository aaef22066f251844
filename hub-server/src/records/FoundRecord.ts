import { recordStanding, updatedAt, type RecordStanding } from '../../protocol/xero';
import { hashOfRecord, type XeroRecord } from './canonicalRecord';
import type { XeroEntity } from './xeroEntities';

/** A record as it was read from Xero just now. */
export interface FoundRecord {
	readonly id: string;
	/** Xero's time of its last change, epoch milliseconds; null where it tells none. */
	readonly updatedAt: number | null;
	/** Null where it was read in another shape than the list's. */
	readonly hash: string | null;
	/** What tells its derived events. */
	readonly standing: RecordStanding;
	readonly record: XeroRecord;
}

/** @returns undefined for what has no id */
export function foundRecord(
	record: XeroRecord,
	{ idField, list }: Pick<XeroEntity, 'idField' | 'list'>,
	shape: 'list' | 'other',
): FoundRecord | undefined {
	const id = record[idField];
	if (typeof id !== 'string' || id === '') return undefined;
	const at = list === 'whole' ? 0 : updatedAt(record);
	return {
		id: recordId(id),
		updatedAt: at > 0 ? at : null,
		hash: shape === 'list' ? hashOfRecord(record) : null,
		standing: recordStanding(record),
		record,
	};
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id in one spelling: GUIDs in lower case, others, such as a TaxType, as they are. */
export function recordId(id: string): string {
	return GUID.test(id) ? id.toLowerCase() : id;
}
