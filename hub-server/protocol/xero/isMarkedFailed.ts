import type { XeroRecord } from './XeroRecord';

/** Whether an element of a 200 is marked as refused, with a reason or without one. */
export function isMarkedFailed(record: XeroRecord): boolean {
	return (
		record['StatusAttributeString'] === 'ERROR' ||
		record['HasErrors'] === true ||
		record['HasValidationErrors'] === true
	);
}
