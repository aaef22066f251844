/** A decimal that goes into JSON digit for digit, as the workflow wrote it. */
export class ExactNumber {
	/** @param literal a JSON number, such as `12.50` */
	constructor(readonly literal: string) {}
}

/** `JSON.stringify` for plain data, except that an {@link ExactNumber} keeps its digits. */
export function toExactJson(value: unknown): string {
	if (value instanceof ExactNumber) return value.literal;
	if (Array.isArray(value)) return `[${value.map(toExactJson).join(',')}]`;
	if (typeof value === 'object' && value !== null && !hasToJson(value)) {
		const members = Object.entries(value)
			.filter(([, member]) => member !== undefined)
			.map(([key, member]) => `${JSON.stringify(key)}:${toExactJson(member)}`);
		return `{${members.join(',')}}`;
	}
	return JSON.stringify(value) ?? 'null';
}

function hasToJson(value: object): boolean {
	return 'toJSON' in value && typeof value.toJSON === 'function';
}
