/** Values in the order they came, for one reader who may come earlier or later than they do. */
export interface ExecutionQueue<T> extends AsyncIterable<T> {
	push(value: T): void;
	/** The next value. Rejects after `timeoutMs`, or when the queue is closed before one came. */
	next(timeoutMs?: number): Promise<T>;
	/** All values so far, read or not. */
	readonly all: readonly T[];
	close(): void;
}

const DEFAULT_TIMEOUT_MS = 20_000;

export function createExecutionQueue<T>(): ExecutionQueue<T> {
	const all: T[] = [];
	const readers = new Set<() => void>();
	let read = 0;
	let isClosed = false;
	const wake = () => [...readers].forEach((reader) => reader());

	const take = async (timeoutMs?: number): Promise<{ value: T } | undefined> => {
		const deadline = timeoutMs === undefined ? undefined : Date.now() + timeoutMs;
		for (;;) {
			if (read < all.length) return { value: all[read++] as T };
			if (isClosed) return undefined;
			const left = deadline === undefined ? undefined : deadline - Date.now();
			if (left !== undefined && left <= 0) {
				throw new Error(`No execution within ${timeoutMs} ms; there were ${all.length} before`);
			}
			await new Promise<void>((resolve) => {
				const timer = left === undefined ? undefined : setTimeout(done, left);
				function done() {
					clearTimeout(timer);
					readers.delete(done);
					resolve();
				}
				readers.add(done);
			});
		}
	};

	return {
		all,
		push(value) {
			all.push(value);
			wake();
		},
		async next(timeoutMs = DEFAULT_TIMEOUT_MS) {
			const taken = await take(timeoutMs);
			if (taken === undefined) throw new Error('The listener was closed before an execution came');
			return taken.value;
		},
		async *[Symbol.asyncIterator]() {
			for (let taken = await take(); taken !== undefined; taken = await take()) yield taken.value;
		},
		close() {
			isClosed = true;
			wake();
		},
	};
}
