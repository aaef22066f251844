import type { SubscriptionFilter } from '../../protocol';
import type { XeroRecord } from '../../protocol/xero';

/**
 * Whether a filter lets a record through; `unknown` where it was not or could not be read, or, for `changed`,
 * where no former state was known. What a record does not have leaves nothing out.
 */
export function passesFilter(
	filter: SubscriptionFilter | null | undefined,
	record: XeroRecord | undefined,
	changed: readonly string[] | undefined,
): 'yes' | 'no' | 'unknown' {
	if (!asksOfRecord(filter)) return 'yes';
	if (record !== undefined && !fits(filter, record)) return 'no';
	if (filter.changed !== undefined && changed !== undefined) {
		if (!filter.changed.some((member) => changed.includes(member))) return 'no';
	}
	const isKnown = record !== undefined && (filter.changed === undefined || changed !== undefined);
	return isKnown ? 'yes' : 'unknown';
}

/** Whether it takes the record to tell; a number of days does not. */
export function asksOfRecord(
	filter: SubscriptionFilter | null | undefined,
): filter is SubscriptionFilter {
	return Object.entries(filter ?? {}).some(
		([member, value]) => member !== 'overdueDays' && value !== undefined,
	);
}

function fits(filter: SubscriptionFilter, record: XeroRecord): boolean {
	const { documentTypes, statuses, contactIds, minTotal = -Infinity, maxTotal = Infinity } = filter;
	const contact = record['Contact'] as XeroRecord | null | undefined;
	const total = record['Total'] ?? record['Amount'];
	return (
		isAmong(documentTypes, record['Type']) &&
		isAmong(statuses, record['Status'] ?? record['ContactStatus']) &&
		isAmong(contactIds, record['ContactID'] ?? contact?.['ContactID']) &&
		(typeof total !== 'number' || (total >= minTotal && total <= maxTotal))
	);
}

function isAmong(wanted: readonly string[] | undefined, value: unknown): boolean {
	if (wanted === undefined || typeof value !== 'string') return true;
	return wanted.some((one) => one.toLowerCase() === value.toLowerCase());
}
