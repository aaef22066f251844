import { success, type Outcome } from '../errors/failure';
import { forItem } from '../run/forItem';
import type { OperationRun } from '../run/OperationRun';

/**
 * The items in turns, so that no turn has one record twice: the first items of all records, then the
 * second items, and so on. Items that name no record are in the first turn, where they fail.
 */
export async function changesInTurn(
	run: OperationRun,
	idOf: (item: number) => Outcome<string>,
): Promise<number[][]> {
	const turns: number[][] = [];
	const timesNamed = new Map<string, number>();
	for (let item = 0; item < run.itemCount; item++) {
		const name = await forItem<string>(async () => {
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const id = idOf(item);
			return id.ok ? success(`${tenantId.value} ${id.value}`) : id;
		});
		const turn = name.ok ? (timesNamed.get(name.value) ?? 0) : 0;
		if (name.ok) timesNamed.set(name.value, turn + 1);
		(turns[turn] ??= []).push(item);
	}
	return turns;
}
