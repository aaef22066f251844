import fc from 'fast-check';
import { lightFirst, type Turn } from '../../../hub-server/src/webhooks/lightFirst';

const payload = (workspaceId: string, ...costs: readonly number[]) => ({
	workspaceId,
	events: costs,
});
const costOf = (cost: number) => cost;

describe('whose turn it is in a round of routing', () => {
	const round = [payload('small', 2), payload('large', 301), payload('small', 2)];

	it('lets a change for one workflow not wait for one that is for hundreds', () => {
		expect(lightFirst(round, [1, 1, 1], costOf, 'light')).toEqual({
			...{ portions: [1, 0, 1], next: 'heavy' },
		});
	});

	it('lets the large one follow, however much small there is', () => {
		expect(lightFirst(round, [1, 1, 1], costOf, 'heavy')).toEqual({
			...{ portions: [0, 1, 0], next: 'light' },
		});
	});

	it.each<[string, readonly ReturnType<typeof payload>[]]>([
		['small ones', [payload('a', 2), payload('b', 3)]],
		['large ones', [payload('a', 301), payload('b', 301)]],
		['nothing', []],
	])('leaves a round alone that holds %s only', (_case, payloads) => {
		const portions = payloads.map(() => 1);

		expect(lightFirst(payloads, portions, costOf, 'heavy')).toEqual({ portions, next: 'light' });
	});

	it('takes something of every round that has something, and of nobody more than was portioned out', () => {
		const payloads = fc.array(
			fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.array(fc.nat(400), { minLength: 1 })),
			{ minLength: 1 },
		);
		fc.assert(
			fc.property(payloads, fc.constantFrom<Turn>('light', 'heavy'), (list, turn) => {
				const all = list.map(([workspaceId, events]) => ({ workspaceId, events }));
				const portions = all.map(({ events }) => events.length);

				const { portions: taken } = lightFirst(all, portions, costOf, turn);

				expect(Math.max(...taken)).toBeGreaterThan(0);
				taken.forEach((portion, index) => expect([0, portions[index]]).toContain(portion));
			}),
		);
	});
});
