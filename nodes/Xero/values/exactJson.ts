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

/**
 * `JSON.parse`, except that a number of more digits than a double keeps comes as text, digit for digit.
 * Throws as `JSON.parse` does.
 */
export function parseExactJson(text: string): unknown {
	const parsed: unknown = JSON.parse(text);
	const kept = text.replace(TOKEN, (token) => (isRounded(token) ? `"${token}"` : token));
	return kept === text ? parsed : JSON.parse(kept);
}

/** Texts come first, so that digits inside of them are none of JSON's numbers. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** Every decimal of 15 significant digits survives a double. */
const KEPT_DIGITS = 15;

/** What an expression computed is the double already, with all digits of it. */
function isRounded(token: string): boolean {
	if (token.startsWith('"') || String(Number(token)) === token) return false;
	const digits = token.replace(/e.*$/i, '').replace(/[-.]/g, '').replace(/^0+/, '');
	return digits.length > KEPT_DIGITS;
}

function hasToJson(value: object): boolean {
	return 'toJSON' in value && typeof value.toJSON === 'function';
}
