import fc from 'fast-check';

import { planBatches, XERO_BATCH_LIMITS } from '../../../hub-server/protocol/xero';

describe('planBatches', () => {
	it('covers every element once, in order, within the limits', () => {
		const sizes = fc.array(fc.integer({ min: 1, max: 5_000_000 }), { maxLength: 400 });

		fc.assert(
			fc.property(sizes, (elements) => {
				const ranges = planBatches(elements, XERO_BATCH_LIMITS);

				expect(ranges.flatMap(({ start, end }) => elements.slice(start, end))).toEqual(elements);
				for (const { start, end } of ranges) {
					const batch = elements.slice(start, end);
					const bytes = batch.reduce((sum, size) => sum + size, 0);
					expect(batch.length).toBeLessThanOrEqual(XERO_BATCH_LIMITS.maxElements);
					expect(batch.length).toBeGreaterThan(0);
					expect(batch.length === 1 || bytes < XERO_BATCH_LIMITS.maxBytes).toBe(true);
				}
			}),
		);
	});

	it('uses the fewest requests: no two neighbours would fit into one', () => {
		const sizes = fc.array(fc.integer({ min: 1, max: 2_000_000 }), { maxLength: 200 });

		fc.assert(
			fc.property(sizes, (elements) => {
				const ranges = planBatches(elements, XERO_BATCH_LIMITS);

				for (const [index, { start, end }] of ranges.entries()) {
					if (ranges[index + 1] === undefined) continue;
					const withNext = elements.slice(start, end + 1);
					const bytes = withNext.reduce((sum, size) => sum + size, 0);
					expect(
						withNext.length > XERO_BATCH_LIMITS.maxElements ||
							bytes > XERO_BATCH_LIMITS.maxBytes - 128,
					).toBe(true);
				}
			}),
		);
	});

	it.each([
		[0, 0],
		[1, 1],
		[50, 1],
		[51, 2],
		[100, 2],
		[1000, 20],
	])('puts %i small elements into %i requests', (count, requests) => {
		expect(planBatches(Array(count).fill(500), XERO_BATCH_LIMITS)).toHaveLength(requests);
	});
});
