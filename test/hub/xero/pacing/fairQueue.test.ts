import * as fc from 'fast-check';
import { createFairQueue } from '../../../../hub-server/src/xero/pacing/fairQueue';

function drain<Item>(queue: { next(): Item | undefined }): Item[] {
	const items: Item[] = [];
	for (let item = queue.next(); item !== undefined; item = queue.next()) items.push(item);
	return items;
}

describe('the fair queue', () => {
	it('lets a flow with one thing pass one with many', () => {
		const queue = createFairQueue<string>();
		for (const item of ['big 1', 'big 2', 'big 3']) queue.add('big', item);
		queue.add('small', 'small 1');

		expect(drain(queue)).toEqual(['big 1', 'small 1', 'big 2', 'big 3']);
	});

	it('gives everything once, each flow in its order, as it foretold', () => {
		const adds = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat()), { maxLength: 50 });
		fc.assert(
			fc.property(adds, (wanted) => {
				const queue = createFairQueue<{ flow: string; value: number }>();
				const items = wanted.map(([flow, value]) => ({ flow, value }));
				for (const item of items) queue.add(item.flow, item);
				const foretold = queue.inOrder();

				const given = drain(queue);

				expect(given).toEqual(foretold);
				for (const flow of ['a', 'b', 'c']) {
					expect(given.filter((item) => item.flow === flow)).toEqual(
						items.filter((item) => item.flow === flow),
					);
				}
			}),
		);
	});

	it('forgets what was removed', () => {
		const queue = createFairQueue<string>();
		queue.add('a', 'one');
		queue.add('a', 'two');

		queue.remove('one');

		expect(queue.size).toBe(1);
		expect(drain(queue)).toEqual(['two']);
	});
});
