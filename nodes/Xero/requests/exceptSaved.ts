import type { IDataObject } from 'n8n-workflow';

import { readWriteOptions } from '../fields/writeOptions';
import type { Placed, Progress } from '../run/createProgress';
import { done, type ItemOutcome } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import type { RememberedSave } from '../run/SaveMemory';

/** What an item asks for. */
export interface Wish {
	/** Equal for items that ask for the same. */
	readonly content: readonly unknown[];
	/** What comes out where it is not known any more what Xero answered. */
	readonly sent: IDataObject;
}

/**
 * Those items that still have to be sent. The others were saved by a run that stopped, and are done: they
 * come out with their record and `alreadySaved`. What is sent is noted once it is saved.
 */
export async function exceptSaved<T extends Placed>(
	run: OperationRun,
	progress: Progress,
	placed: readonly T[],
	wishOf: (one: T) => Wish,
): Promise<T[]> {
	const wishes = placed.map((one) => {
		const { content, sent } = wishOf(one);
		return { item: one.item, key: run.saves.keyOf(one.tenantId, content), sent };
	});
	const saved = await run.saves.take(
		wishes.filter(({ item }) => !readWriteOptions(run, item).sendsAgain),
	);
	for (const { item, key, sent } of wishes) {
		const save = saved.get(item);
		if (save === undefined) progress.noteWhenDone(item, key);
		else progress.settle(item, alreadySaved(save, sent));
	}
	return placed.filter(({ item }) => !saved.has(item));
}

export function alreadySaved({ records }: RememberedSave, sent: IDataObject): ItemOutcome {
	return done(...(records ?? [sent]).map((record) => ({ ...record, alreadySaved: true })));
}
