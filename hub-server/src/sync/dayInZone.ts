/**
 * The day that it is in a zone at a moment, as `2026-11-30`.
 *
 * @param zone IANA name, such as `Pacific/Auckland`
 * @param atMs Unix milliseconds
 * @throws RangeError for an unknown zone
 */
export function dayInZone(zone: string, atMs: number): string {
	return formatOf(zone).format(atMs);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes a hundred times as long as using it. Bounded by the zones that there are. */
function formatOf(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known !== undefined) return known;
	// Swedish dates are ISO's.
	const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
	formats.set(zone, made);
	return made;
}
