/** A member of a body whose shape is not known; `undefined` where there is none. */
export function member(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null
		? (value as Record<string, unknown>)[key]
		: undefined;
}

/** Words without the blanks around them; `undefined` where a value holds none. */
export function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
