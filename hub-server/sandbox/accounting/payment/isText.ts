/** Whether an id or number is given: a text of more than blanks. */
export function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}
