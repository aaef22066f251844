import { isBlank } from '../values/isBlank';
import { locatorValue } from '../values/locatorValue';

/** What one item gives for a field. */
export interface Said {
	readonly item: number;
	readonly value: unknown;
}

export type Merged =
	| { readonly agree: true; readonly value: unknown }
	| {
			readonly agree: false;
			/** Names that lead to the member of a collection; none for the field itself. */
			readonly path: readonly string[];
			readonly first: Said;
			readonly other: Said;
	  };

/**
 * The one value of a field that several items give for the same document. A blank says nothing, so
 * any of the items may carry the value; members of a collection are merged one by one; whatever is
 * said twice must be the same.
 */
export function mergeValues(given: readonly Said[]): Merged {
	const [first, ...others] = given.filter(({ value }) => !saysNothing(value));
	if (first === undefined) return { agree: true, value: given[0]?.value };
	const said = [first, ...others];
	if (said.every(({ value }) => isCollection(value))) return mergeMembers(said);
	const other = others.find(({ value }) => wordsOf(value) !== wordsOf(first.value));
	return other === undefined
		? { agree: true, value: first.value }
		: { agree: false, path: [], first, other };
}

function mergeMembers(given: readonly Said[]): Merged {
	const names = new Set(given.flatMap(({ value }) => Object.keys(value as object)));
	const members: Record<string, unknown> = {};
	for (const name of names) {
		const merged = mergeValues(
			given.map(({ item, value }) => ({ item, value: (value as Record<string, unknown>)[name] })),
		);
		if (!merged.agree) return { ...merged, path: [name, ...merged.path] };
		members[name] = merged.value;
	}
	return { agree: true, value: members };
}

/** A value as a message shows it; two values with the same words are the same. */
export function wordsOf(value: unknown): string {
	if (isLocator(value)) return locatorValue(value).value;
	return typeof value === 'string' ? value.trim() : (JSON.stringify(value) ?? '');
}

function saysNothing(value: unknown): boolean {
	if (isLocator(value)) return locatorValue(value).value === '';
	return isBlank(value) || (isCollection(value) && Object.keys(value).length === 0);
}

function isLocator(value: unknown): boolean {
	return typeof value === 'object' && value !== null && '__rl' in value;
}

/** Days that an expression made are objects too, but one value each. */
function isCollection(value: unknown): value is Readonly<Record<string, unknown>> {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		!isLocator(value) &&
		!('toJSON' in value)
	);
}
