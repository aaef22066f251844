import { isPlain } from './isPlain';

/**
 * The same value, in whose texts half a character reads as `�`: what cutting a text at some length leaves
 * of an emoji. UTF-8 cannot say it, so that addresses would carry a `�` for it and JSON bodies the half
 * itself, and a filter would not find what was written under the same text.
 */
export function wholeCharacters(value: unknown): unknown {
	if (typeof value === 'string') return value.replace(HALVES, '\ufffd');
	if (Array.isArray(value)) return value.map(wholeCharacters);
	if (!isPlain(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [name, wholeCharacters(member)]),
	);
}

const HALVES = /\p{Surrogate}/gu;
