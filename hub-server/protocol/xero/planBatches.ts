/** A run of elements, `[start, end)`, that travels to Xero in one request. */
export interface BatchRange {
	/** The first element. */
	readonly start: number;
	/** Behind the last element. */
	readonly end: number;
}

/** What one request may carry. */
export interface BatchLimits {
	/** How many elements. */
	readonly maxElements: number;
	/** How much text, in bytes. */
	readonly maxBytes: number;
}

/** Xero recommends about 50 elements; a body works up to 3.5 MB in practice (10 MB is refused). */
export const XERO_BATCH_LIMITS: BatchLimits = { maxElements: 50, maxBytes: 3_500_000 };

/** Of lists that take `IDs=`: 40 ids of 36 characters keep the address below 2 kB. */
export const XERO_IDS_PER_REQUEST = 40;

/** The envelope `{"PurchaseOrders":[…]}` and one comma for each of up to 50 elements, rounded up. */
const ENVELOPE_BYTES = 128;

/**
 * Splits elements into the fewest consecutive requests that respect `limits`.
 *
 * Order is kept, so element `i` of a reply belongs to element `range.start + i`. An element too big
 * to fit alone still gets its own range: Xero's refusal then names that one item instead of failing
 * its neighbours.
 *
 * @param sizes JSON size of each element, in bytes
 */
export function planBatches(sizes: readonly number[], limits: BatchLimits): BatchRange[] {
	const budget = limits.maxBytes - ENVELOPE_BYTES;
	const ranges: BatchRange[] = [];
	let start = 0;
	let bytes = 0;
	sizes.forEach((size, index) => {
		const full = index - start === limits.maxElements || bytes + size > budget;
		if (index > start && full) {
			ranges.push({ start, end: index });
			start = index;
			bytes = 0;
		}
		bytes += size;
	});
	if (sizes.length > start) ranges.push({ start, end: sizes.length });
	return ranges;
}
