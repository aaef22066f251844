/** A text inside Xero's where language: quotes and backslashes would end it. */
export function whereText(text: string): string {
	return `"${text.replace(/["\\]/g, '')}"`;
}
