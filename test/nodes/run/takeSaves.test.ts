import fc from 'fast-check';

import { mergeSaves, takeSaves } from '../../../nodes/Xero/run/takeSaves';

const keys = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
const savesOf = (drawn: readonly string[], name = 'save') =>
	drawn.map((key, index) => ({ id: `${name} ${index}`, key, savedAtMs: index }));
const wishesOf = (drawn: readonly string[]) => drawn.map((key, item) => ({ item, key }));
const count = (drawn: readonly string[], key: string) => drawn.filter((one) => one === key).length;

describe('the saves that count for the items of a run', () => {
	it('count once each: of n equal items as many are saved as were', () => {
		fc.assert(
			fc.property(keys, keys, (wished, saved) => {
				const taken = takeSaves(wishesOf(wished), savesOf(saved), new Set());

				expect(new Set([...taken.values()].map(({ id }) => id)).size).toBe(taken.size);
				for (const key of ['a', 'b', 'c']) {
					const ofKey = [...taken.values()].filter((save) => save.key === key);
					expect(ofKey).toHaveLength(Math.min(count(wished, key), count(saved, key)));
				}
				for (const [item, { key }] of taken) expect(wished[item]).toBe(key);
			}),
		);
	});

	it('count no second time in a later part of the run', () => {
		fc.assert(
			fc.property(keys, keys, keys, (first, second, saved) => {
				const before = takeSaves(wishesOf(first), savesOf(saved), new Set());
				const used = new Set([...before.values()].map(({ id }) => id));

				const after = takeSaves(wishesOf(second), savesOf(saved), used);

				for (const { id } of after.values()) expect(used).not.toContain(id);
			}),
		);
	});

	it('are the same told by one memory or by two, whatever these call them', () => {
		fc.assert(
			fc.property(keys, fc.nat(12), fc.boolean(), (saved, kept, areCalledAlike) => {
				const own = savesOf(saved).slice(0, kept);
				const further = savesOf(saved, areCalledAlike ? 'save' : 'other');

				const merged = mergeSaves(own, further);

				for (const key of ['a', 'b', 'c']) {
					expect(merged.filter((save) => save.key === key)).toHaveLength(count(saved, key));
				}
			}),
		);
	});
});
