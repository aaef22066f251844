import type { Explanation } from '../errors/Explanation';
import { success, type Failure, type Outcome } from '../errors/failure';
import { forItem } from './forItem';
import { failed, type ItemOutcome } from './ItemOutcome';
import type { OperationRun } from './OperationRun';

/** What an item asks for, with the organisation that it goes to. */
export type Placed<T = unknown> = T & { readonly item: number; readonly tenantId: string };

/** What became of a run's items so far, and what that means for the others. */
export interface Progress {
	/** One for each item, in the order of the input. */
	readonly outcomes: readonly ItemOutcome[];
	/**
	 * What each item asks for. An item that cannot be built fails alone, and stops a run that stops at
	 * its first failure before anything is sent.
	 */
	prepare<T>(
		build: (item: number, tenantId: string) => Outcome<T> | Promise<Outcome<T>>,
	): Promise<Array<Placed<T>>>;
	settle(item: number, outcome: ItemOutcome): void;
	/** Once the item is done, it is noted as saved under this key. */
	noteWhenDone(item: number, key: string): void;
	/** False once an item failed in a run that stops at its first failure. */
	mayGoOn(): boolean;
	/**
	 * Sends for some items of one organisation, unless an earlier answer said that nothing of theirs
	 * can succeed: they then fail for the same reason.
	 *
	 * @param send settles its items, or says why those that it left open fail
	 */
	attempt(
		batch: readonly Placed[],
		send: (tenantId: string, items: readonly number[]) => Promise<Explanation | undefined>,
	): Promise<void>;
}

export function createProgress(run: OperationRun): Progress {
	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => UNTRIED);
	const overFor = new Map<string, Failure>();
	let runIsOver: Failure | undefined;
	let hasFailed = false;

	const keys = new Map<number, string>();

	const settle: Progress['settle'] = (item, outcome) => {
		const key = keys.get(item);
		if (key !== undefined && outcome.status === 'done') {
			run.saves.note(key, outcome.records);
			keys.delete(item);
		}
		outcomes[item] = outcome;
		hasFailed ||= outcome.status === 'failed';
	};
	const failOpen = (items: readonly number[], failure: Failure) => {
		for (const item of items) {
			if (outcomes[item]?.status === 'untried') settle(item, failed(failure));
		}
	};

	return {
		outcomes,
		async prepare(build) {
			const prepared = [];
			for (let item = 0; item < run.itemCount; item++) {
				const placed = await forItem(async () => {
					const tenantId = await run.organisationOf(item);
					if (!tenantId.ok) return tenantId;
					const built = await build(item, tenantId.value);
					return built.ok ? success({ ...built.value, item, tenantId: tenantId.value }) : built;
				});
				if (placed.ok) prepared.push(placed.value);
				else settle(item, failed(placed.failure));
			}
			return prepared;
		},
		settle,
		noteWhenDone: (item, key) => void keys.set(item, key),
		mayGoOn: () => !(run.stopsAtFirstFailure && hasFailed),
		async attempt(batch, send) {
			const tenantId = batch[0]?.tenantId ?? '';
			const items = batch.map(({ item }) => item);
			const over = runIsOver ?? overFor.get(tenantId);
			if (over !== undefined) {
				failOpen(items, over);
				return;
			}
			const ending = await send(tenantId, items);
			// The last one has nothing behind it that could stop the run.
			if (keys.size > 0) await run.saves.flush();
			if (ending === undefined) return;
			failOpen(items, ending.failure);
			if (ending.reach === 'run') runIsOver = ending.failure;
			if (ending.reach === 'organisation') overFor.set(tenantId, ending.failure);
		},
	};
}

const UNTRIED: ItemOutcome = { status: 'untried' };
