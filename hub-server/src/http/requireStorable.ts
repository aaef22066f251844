import { InvalidRequestError } from '../errors/requestErrors';

/**
 * Refuses text that no database of the hub's keeps as it is: PostgreSQL takes no NUL, and half of a surrogate pair
 * becomes another character in UTF-8.
 *
 * @param value strings, and what holds some
 * @throws InvalidRequestError that names the place
 */
export function requireStorable(value: unknown, place: string): void {
	const within = placeOfUnstorable(value);
	if (within === undefined) return;
	throw new InvalidRequestError(
		`${[place, ...within].join('.')}: holds a character that cannot be kept: U+0000, or half of a surrogate pair`,
	);
}

/** The members that lead to it; its own place is spelled out only where there is one, for bodies may be large. */
function placeOfUnstorable(value: unknown): readonly string[] | undefined {
	if (typeof value === 'string') return isStorable(value) ? undefined : [];
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [name, member] of Object.entries(value)) {
		if (!isStorable(name)) return [];
		const within = placeOfUnstorable(member);
		if (within !== undefined) return [name, ...within];
	}
	return undefined;
}

function isStorable(text: string): boolean {
	return !text.includes('\0') && text.isWellFormed();
}
