import fc from 'fast-check';

import { eachConcurrently } from '../../../nodes/Xero/batching/eachConcurrently';

const turn = async () => await new Promise<void>((resolve) => setImmediate(resolve));

it('works on every value once, in order, and never on more than the limit', async () => {
	await fc.assert(
		fc.asyncProperty(fc.nat(20), fc.integer({ min: 1, max: 6 }), async (count, limit) => {
			const values = Array.from({ length: count }, (_, index) => index);
			const begun: number[] = [];
			let running = 0;
			let most = 0;

			await eachConcurrently(values, limit, async (value) => {
				begun.push(value);
				most = Math.max(most, ++running);
				await turn();
				running -= 1;
			});

			expect(begun).toEqual(values);
			expect(most).toBeLessThanOrEqual(limit);
		}),
		{ numRuns: 30 },
	);
});

it('begins nothing more once it may not, and lets what runs finish', async () => {
	const finished: number[] = [];

	await eachConcurrently(
		[1, 2, 3, 4, 5],
		2,
		async (value) => {
			await turn();
			finished.push(value);
		},
		() => finished.length === 0,
	);

	expect(finished).toEqual([1, 2]);
});
