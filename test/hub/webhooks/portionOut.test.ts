import fc from 'fast-check';
import { portionOut } from '../../../hub-server/src/webhooks/portionOut';

const one = (workspaceId: string, events: number, cost = 1) => ({
	workspaceId,
	events: Array.from({ length: events }, () => cost),
});

describe('portioning out a round', () => {
	const portions = (...payloads: ReturnType<typeof one>[]) =>
		portionOut(payloads, (cost) => cost, 100);

	it('takes everything where it fits', () => {
		expect(portions(one('a', 10), one('a', 20), one('b', 30))).toEqual([10, 20, 30]);
	});

	it('shares equally among workspaces, however much one of them sends', () => {
		expect(portions(one('a', 1_000), one('a', 1_000), one('b', 3))).toEqual([50, 0, 3]);
	});

	it('takes one event at least, though it costs more than there is', () => {
		expect(portions(one('a', 5, 300), one('b', 5, 10))).toEqual([1, 5]);
	});

	it('keeps the order of each workspace, stays within the budget, and always gets on', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.record({
						workspaceId: fc.constantFrom('a', 'b', 'c'),
						events: fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 50 }),
					}),
					{ maxLength: 20 },
				),
				(payloads) => {
					const taken = portionOut(payloads, (cost) => cost, 100);

					for (const workspace of ['a', 'b', 'c']) {
						const own = payloads.flatMap((payload, index) =>
							payload.workspaceId === workspace
								? [{ events: payload.events, portion: taken[index] ?? 0 }]
								: [],
						);
						const costs = own.flatMap(({ events, portion }) => events.slice(0, portion));
						const isCut = own.findIndex(({ events, portion }) => portion < events.length);
						if (isCut !== -1) {
							expect(own.slice(isCut + 1).every(({ portion }) => portion === 0)).toBe(true);
						}
						if (own.some(({ events }) => events.length > 0))
							expect(costs.length).toBeGreaterThan(0);
						if (costs.length > 1) {
							expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeLessThanOrEqual(100);
						}
					}
				},
			),
		);
	});
});
