export interface Group<T> {
	readonly key: string;
	readonly members: readonly T[];
}

/** One group for each key, in order of first appearance; order inside a group is kept. */
export function groupBy<T>(elements: readonly T[], keyOf: (element: T) => string): Array<Group<T>> {
	const groups = new Map<string, T[]>();
	for (const element of elements) {
		const key = keyOf(element);
		const members = groups.get(key);
		if (members === undefined) groups.set(key, [element]);
		else members.push(element);
	}
	return [...groups].map(([key, members]) => ({ key, members }));
}
