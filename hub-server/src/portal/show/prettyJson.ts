/** JSON with one value a line; what is no JSON stays as it is. */
export function prettyJson(text: string): string {
	try {
		return JSON.stringify(JSON.parse(text), undefined, 2);
	} catch {
		return text;
	}
}
