/** A text without the blanks around it; undefined where nothing is left, or where it is no text. */
export function trimmedText(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
