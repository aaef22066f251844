import type { Likeness } from './likenessOf';

/** Which record was made of a sent element, that there is none, or that nobody can tell. */
export type SavedMatch<R> =
	| { readonly status: 'saved'; readonly record: R }
	| { readonly status: 'absent' }
	| { readonly status: 'unknown' };

/**
 * Which of the records were made of which sent elements.
 *
 * Equal elements are counted: two records for three of them are the first two's. Where more records fit
 * than were sent, where one fits several that are not equal, or where one that nobody else made may be an
 * element's, it is not known.
 *
 * @param sent what each element says: equal texts are equal elements
 */
export function matchSaved<R>(
	sent: readonly string[],
	records: readonly R[],
	likenessOf: (element: number, record: R) => Likeness,
): Array<SavedMatch<R>> {
	const likeness = sent.map((_, element) => records.map((record) => likenessOf(element, record)));
	const matches: Array<SavedMatch<R> | undefined> = sent.map(() => undefined);
	const claimed = new Set<number>();

	for (const { elements, fitting } of groupsOf(likeness)) {
		const areEqual = new Set(elements.map((element) => sent[element])).size === 1;
		const isClear = areEqual && fitting.length <= elements.length;
		elements.forEach((element, position) => {
			const at = fitting[position];
			if (!isClear) matches[element] = UNKNOWN;
			else if (at !== undefined) {
				matches[element] = { status: 'saved', record: records[at] as R };
				claimed.add(at);
			}
		});
	}
	const mayBeOf = (element: number) =>
		records.some((_, at) => likeness[element]?.[at] === 'doubtful' && !claimed.has(at));
	return matches.map((match, element) => match ?? (mayBeOf(element) ? UNKNOWN : ABSENT));
}

const UNKNOWN = { status: 'unknown' } as const;
const ABSENT = { status: 'absent' } as const;

interface Group {
	readonly elements: readonly number[];
	readonly fitting: readonly number[];
}

/** Elements that records fit, together with all others that these records fit, and so on. */
function groupsOf(likeness: ReadonlyArray<readonly Likeness[]>): Group[] {
	const groups: Group[] = [];
	likeness.forEach((row, element) => {
		const fitting = row.flatMap((one, at) => (one === 'same' ? [at] : []));
		if (fitting.length === 0) return;
		const shares = (group: Group) => group.fitting.some((at) => fitting.includes(at));
		const joined = groups.filter(shares);
		for (const group of joined) groups.splice(groups.indexOf(group), 1);
		groups.push({
			elements: [...joined.flatMap((group) => group.elements), element].sort((a, b) => a - b),
			fitting: [...new Set([...joined.flatMap((group) => group.fitting), ...fitting])],
		});
	});
	return groups;
}
