import { InvalidRequestError } from '../errors/requestErrors';

/**
 * Refuses text that no database of the hub's keeps as it is: PostgreSQL takes no NUL, and half of a surrogate pair
 * becomes another character in UTF-8.
 *
 * @param value strings, and what holds some
 * @throws InvalidRequestError that names the place
 */
export function requireStorable(value: unknown, place: string): void {
	if (typeof value === 'string') {
		if (value.includes('\0') || !value.isWellFormed()) {
			throw new InvalidRequestError(
				`${place}: holds a character that cannot be kept: U+0000, or half of a surrogate pair`,
			);
		}
		return;
	}
	if (typeof value !== 'object' || value === null) return;
	for (const [name, member] of Object.entries(value)) {
		requireStorable(name, place);
		requireStorable(member, `${place}.${name}`);
	}
}
