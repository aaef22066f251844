/**
 * A text of Xero's filter language, Microsoft's Dynamic LINQ: a quote inside is doubled, and a backslash is
 * an ordinary character.
 */
export function whereText(text: string): string {
	return `"${text.replace(/"/g, '""')}"`;
}
