/** JSON with one value a line. */
export function prettyJson(value: object): string {
	return JSON.stringify(value, undefined, 2);
}
