import { isLedgerFault } from './isLedgerFault';

/**
 * Gathers what arrives in one turn of the event loop, and while a commit is under way, into the next
 * commit, so that one fsync serves many callers: durable, and faster than a commit per caller.
 *
 * Each caller's promise settles only after the commit that holds its item. When a commit fails and
 * held several items, each is committed alone, so that one bad item fails one caller; but not where the
 * ledger could not be used, which no item would change.
 *
 * @param commit writes all items in one transaction; the answers are in the items' order
 */
export function createGroupCommit<Item, Answer>(
	commit: (items: readonly Item[]) => Promise<readonly Answer[]>,
	{ maxItems = 500 }: { readonly maxItems?: number } = {},
): GroupCommit<Item, Answer> {
	let waiting: Waiting<Item, Answer>[] = [];
	let running: Promise<void> | undefined;

	async function drain(): Promise<void> {
		await new Promise((resolve) => setImmediate(resolve));
		while (waiting.length > 0) {
			const batch = waiting.slice(0, maxItems);
			waiting = waiting.slice(maxItems);
			await settle(batch, commit);
		}
		running = undefined;
	}

	return {
		add(item) {
			return new Promise<Answer>((resolve, reject) => {
				waiting.push({ item, resolve, reject });
				running ??= drain();
			});
		},
		isBusy: () => running !== undefined,
		async idle() {
			while (running) await running;
		},
	};
}

export interface GroupCommit<Item, Answer> {
	/** Resolves when the item is durable. @throws what the commit threw */
	add(item: Item): Promise<Answer>;
	/** Whether something waits or is being written. */
	isBusy(): boolean;
	/** Resolves when nothing waits: for stopping. */
	idle(): Promise<void>;
}

interface Waiting<Item, Answer> {
	readonly item: Item;
	resolve(answer: Answer): void;
	reject(cause: unknown): void;
}

async function settle<Item, Answer>(
	batch: readonly Waiting<Item, Answer>[],
	commit: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<void> {
	try {
		const answers = await commit(batch.map(({ item }) => item));
		batch.forEach((entry, index) => entry.resolve(answers[index] as Answer));
	} catch (cause) {
		const isAboutAll = batch.length === 1 || isLedgerFault(cause);
		for (const entry of batch) {
			if (isAboutAll) entry.reject(cause);
			else await settle([entry], commit);
		}
	}
}
