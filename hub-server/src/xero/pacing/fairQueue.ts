/** Waiting things of many flows. The flows take turns; within one, first come, first served. */
export interface FairQueue<Item> {
	/** @param isBackground its turn comes when no other item waits */
	add(flow: string, item: Item, isBackground?: boolean): void;
	/** Whether the next one is in the background. */
	isBackground(): boolean;
	/** Takes out the one whose turn it is. */
	next(): Item | undefined;
	/** Everything in the order in which `next` would give it. */
	inOrder(): Item[];
	remove(item: Item): void;
	readonly size: number;
}

export function createFairQueue<Item>(): FairQueue<Item> {
	const usual = createFlows<Item>();
	const background = createFlows<Item>();

	return {
		add: (flow, item, isBackground = false) => (isBackground ? background : usual).add(flow, item),
		isBackground: () => usual.size === 0,
		next: () => usual.next() ?? background.next(),
		inOrder: () => [...usual.inOrder(), ...background.inOrder()],
		remove(item) {
			usual.remove(item);
			background.remove(item);
		},
		get size() {
			return usual.size + background.size;
		},
	};
}

function createFlows<Item>() {
	/** The flow whose turn is next comes first. */
	const flows = new Map<string, Item[]>();

	return {
		add(flow: string, item: Item) {
			const waiting = flows.get(flow);
			if (waiting) waiting.push(item);
			else flows.set(flow, [item]);
		},
		next(): Item | undefined {
			for (const [flow, [first, ...rest]] of flows) {
				flows.delete(flow);
				if (rest.length > 0) flows.set(flow, rest);
				return first;
			}
			return undefined;
		},
		inOrder(): Item[] {
			const lists = [...flows.values()];
			const rounds = Math.max(0, ...lists.map(({ length }) => length));
			return Array.from({ length: rounds }, (_, round) =>
				lists.flatMap((items) => items.slice(round, round + 1)),
			).flat();
		},
		remove(item: Item) {
			for (const [flow, waiting] of flows) {
				const rest = waiting.filter((other) => other !== item);
				if (rest.length > 0) flows.set(flow, rest);
				else flows.delete(flow);
			}
		},
		get size(): number {
			return [...flows.values()].reduce((sum, { length }) => sum + length, 0);
		},
	};
}
