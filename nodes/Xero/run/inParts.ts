import { groupBy } from '../batching/groupBy';
import type { Outcome } from '../errors/failure';
import { forItem } from './forItem';
import { failed, type ItemOutcome, type OperationResult } from './ItemOutcome';
import { itemsOnly } from './itemsOnly';
import type { OperationRun } from './OperationRun';

/**
 * Runs items that share a key (the group that contacts go into) together, one part after the other,
 * for batches whose address depends on the item.
 */
export async function inParts(
	run: OperationRun,
	keyOf: (item: number) => Outcome<string>,
	work: (part: OperationRun, key: string) => Promise<OperationResult>,
): Promise<OperationResult> {
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => ({
		status: 'untried',
	}));
	const keyed: Array<{ readonly item: number; readonly key: string }> = [];
	for (let item = 0; item < run.itemCount; item++) {
		const key = await forItem(() => keyOf(item));
		if (key.ok) keyed.push({ item, key: key.value });
		else outcomes[item] = failed(key.failure);
	}
	for (const { key, members } of groupBy(keyed, (one) => one.key)) {
		if (run.stopsAtFirstFailure && outcomes.some(({ status }) => status === 'failed')) break;
		const items = members.map(({ item }) => item);
		const { outcomes: ofPart } = await work(itemsOnly(run, items), key);
		ofPart.forEach((outcome, index) => {
			const item = items[index];
			if (item !== undefined) outcomes[item] = outcome;
		});
	}
	return { effect: 'write', outcomes };
}
