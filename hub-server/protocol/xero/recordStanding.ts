import { isNamed } from './isNamed';
import type { XeroRecord } from './XeroRecord';

/** Of a record, what tells its derived events: small enough to be kept where no copy of the record is. */
export interface RecordStanding {
	/** Xero's own word, in capitals; `null` where the record has none. */
	readonly status: string | null;
	/** `SentToContact`. */
	readonly sent: boolean;
	/** `MergedToContactID` of a contact that was merged into another. */
	readonly mergedInto: string | null;
}

/** Reads the standing of a record of any entity. A status that is not known yet passes as it is. */
export function recordStanding(record: XeroRecord): RecordStanding {
	const status = record['Status'] ?? record['ContactStatus'] ?? record['status'];
	return {
		status: typeof status === 'string' && status !== '' ? status.toUpperCase() : null,
		sent: record['SentToContact'] === true,
		mergedInto: isNamed(record, 'MergedToContactID') ? String(record['MergedToContactID']) : null,
	};
}
