/**
 * `YYYY-MM-DD` of a date of Xero's, which writes most as `/Date(1439434356790+0000)/` and some as text.
 */
export function dayOf(value: unknown): string | null {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : isoDay(value);
	if (typeof value !== 'string' || value === '') return null;
	const milliseconds = /^\/Date\((-?\d+)/.exec(value)?.[1];
	const at = new Date(milliseconds === undefined ? value : Number(milliseconds));
	return Number.isNaN(at.getTime()) ? null : isoDay(at);
}

function isoDay(at: Date): string {
	return at.toISOString().slice(0, 10);
}
