import type { OperationRun } from '../run/OperationRun';

/** A yes/no inside a collection of options; absent means no. */
export function readFlag(
	run: OperationRun,
	collection: string,
	name: string,
	item: number,
): boolean {
	const options = run.parameter(collection, item, {}) as Record<string, unknown>;
	return options[name] === true;
}
