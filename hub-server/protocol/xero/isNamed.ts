import type { XeroRecord } from './XeroRecord';

const ZERO_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Whether an answered element has an id. Without one, or with the zero one, it names no record,
 * whatever else it says.
 *
 * @param idField such as `InvoiceID`
 */
export function isNamed(record: XeroRecord, idField: string): boolean {
	const id = record[idField];
	return typeof id === 'string' && id.trim() !== '' && id !== ZERO_ID;
}
