/** What a user left empty; blanks are not sent, so that Xero keeps what it has. */
export function isBlank(value: unknown): value is '' | null | undefined {
	return (
		value === undefined ||
		value === null ||
		(typeof value === 'string' && value.trim() === '') ||
		(Array.isArray(value) && value.length === 0)
	);
}
