/** What names an event in Xero's words; everything else that Xero sent with it may speak of the record. */
const NAMES = [
	'resourceUrl',
	'resourceId',
	'tenantId',
	'tenantType',
	'eventCategory',
	'eventType',
	'eventDateUtc',
] as const;

/**
 * An event as Xero sent it, without what it says of its record.
 *
 * @param original the column `events.original`
 * @returns the same column
 */
export function eventIdentity(original: string): string {
	const sent = JSON.parse(original) as Readonly<Record<string, unknown>>;
	// Xero's names are texts; a member of that name that holds more is none.
	const kept = NAMES.filter((name) => typeof sent[name] === 'string');
	return JSON.stringify(Object.fromEntries(kept.map((name) => [name, sent[name]])));
}
