/**
 * Works on `values` in order, at most `limit` at a time. Values that are not begun when `mayBegin`
 * turns false are left alone.
 */
export async function eachConcurrently<T>(
	values: readonly T[],
	limit: number,
	work: (value: T) => Promise<void>,
	mayBegin: () => boolean = () => true,
): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < values.length && mayBegin()) {
			const value = values[next++] as T;
			await work(value);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, values.length) }, worker));
}
