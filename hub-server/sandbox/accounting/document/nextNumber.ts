import type { ApiCall } from '../../resource/ApiResource';

/**
 * The next free number of a kind of document.
 *
 * @param prefix such as `QU`, which makes `QU-0001`
 */
export function nextNumber(
	call: ApiCall,
	prefix: string,
	isTaken: (number: string) => boolean,
): string {
	const { counters } = call.books;
	let count = counters.get(prefix) ?? 0;
	let number: string;
	do {
		count += 1;
		number = `${prefix}-${String(count).padStart(4, '0')}`;
	} while (isTaken(number));
	counters.set(prefix, count);
	return number;
}
