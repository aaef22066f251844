/** What an expression gives for a name that is not there; a value that was left empty is there. */
export function isMissing(value: unknown): value is null | undefined {
	return value === undefined || value === null;
}
