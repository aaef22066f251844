import type { OperationRun } from './OperationRun';

/** The run as if it had these items only: item `i` of it is item `items[i]` of the whole. */
export function itemsOnly(run: OperationRun, items: readonly number[]): OperationRun {
	const whole = (item: number) => items[item] ?? item;
	return {
		...run,
		itemCount: items.length,
		parameter: (name, item, fallback) => run.parameter(name, whole(item), fallback),
		readFile: async (item, property) => await run.readFile(whole(item), property),
		organisationOf: async (item) => await run.organisationOf(whole(item)),
		inputItems: (item) => run.inputItems(whole(item)),
	};
}
