/**
 * A name, code, number or id as Xero compares it: without regard to case, to blanks around it and to
 * repeated ones inside. Two values with the same text here are the same to Xero.
 */
export function comparable(value: unknown): string {
	return String(value ?? '')
		.trim()
		.replace(/\s+/g, ' ')
		.toLowerCase();
}

/** Whether Xero takes two names, codes, numbers or ids for the same. */
export function isSame(one: unknown, other: unknown): boolean {
	return comparable(one) === comparable(other);
}
