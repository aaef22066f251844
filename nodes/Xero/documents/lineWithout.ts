import type { Members } from '../fields/Field';

/** A line without some of its members. */
export function lineWithout(line: Members, ...names: readonly string[]): Members {
	return Object.fromEntries(Object.entries(line).filter(([name]) => !names.includes(name)));
}
