/**
 * A name, code, number or id as Xero compares it: without regard to case and to blanks around it. Two
 * values with the same text here are the same to Xero.
 */
export function comparable(value: unknown): string {
	return String(value ?? '')
		.trim()
		.toLowerCase();
}

/** Whether Xero takes two names, codes, numbers or ids for the same. */
export function isSame(one: unknown, other: unknown): boolean {
	return comparable(one) === comparable(other);
}
