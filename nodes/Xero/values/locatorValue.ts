/** What a resource locator (or the plain text an expression put in its place) holds. */
export interface LocatorValue {
	readonly mode: string;
	readonly value: string;
}

export function locatorValue(parameter: unknown): LocatorValue {
	if (typeof parameter === 'object' && parameter !== null && 'value' in parameter) {
		const mode = 'mode' in parameter ? String(parameter.mode) : 'id';
		return { mode, value: text(parameter.value) };
	}
	return { mode: 'id', value: text(parameter) };
}

function text(value: unknown): string {
	return value === undefined || value === null ? '' : String(value).trim();
}
