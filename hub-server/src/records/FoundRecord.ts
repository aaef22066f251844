import {
	isNamed,
	recordStanding,
	updatedAt,
	type RecordStanding,
	type XeroRecord,
} from '../../protocol/xero';
import { hashOfRecord } from './canonicalRecord';
import { isGuid } from './isGuid';
import { owedDue, type OwedDue } from './owedDue';
import { isReadWhole, type XeroEntity } from './xeroEntities';

/** A record as it was read from Xero just now. */
export interface FoundRecord {
	readonly id: string;
	/** Xero's time of its last change, epoch milliseconds; null where it tells none. */
	readonly updatedAt: number | null;
	/** Null where it was read in another shape than the list's. */
	readonly hash: string | null;
	/** What tells its derived events. */
	readonly standing: RecordStanding;
	/** When what is owed falls due; null where nothing is. */
	readonly due: OwedDue | null;
	readonly record: XeroRecord;
}

/** @returns undefined for what has no id, or the zero one (Xero-NetStandard#324) */
export function foundRecord(
	record: XeroRecord,
	{ idField, list }: Pick<XeroEntity, 'idField' | 'list'>,
	shape: 'list' | 'other',
): FoundRecord | undefined {
	if (!isNamed(record, idField)) return undefined;
	const at = isReadWhole({ list }) ? 0 : updatedAt(record);
	return {
		id: recordId(String(record[idField])),
		updatedAt: at > 0 ? at : null,
		hash: shape === 'list' ? hashOfRecord(record) : null,
		standing: recordStanding(record),
		due: owedDue(record),
		record,
	};
}

/** An id in one spelling: GUIDs in lower case, others, such as a TaxType, as they are. */
export function recordId(id: string): string {
	return isGuid(id) ? id.toLowerCase() : id;
}
