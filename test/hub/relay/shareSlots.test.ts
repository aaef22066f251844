import fc from 'fast-check';
import { shareSlots, type DueQueue, type InFlight } from '../../../hub-server/src/relay/shareSlots';

const queue = (id: string, workspaceId = 'acme', isProbed = false): DueQueue => ({
	id,
	workspaceId,
	isProbed,
});

/** By id; what is left out holds nothing and was never served. */
const holding = (
	held: Readonly<Record<string, number>> = {},
	served: Readonly<Record<string, number>> = {},
): InFlight => ({
	held: (id) => held[id] ?? 0,
	lastServed: (id) => served[id] ?? 0,
});

const share = (
	queues: readonly DueQueue[],
	limits: Partial<Parameters<typeof shareSlots>[1]> = {},
) =>
	Object.fromEntries(
		shareSlots(queues, { free: 512, limit: 32, perQueue: 8, inFlight: holding(), ...limits }),
	);

describe('sharing slots', () => {
	it('goes by workspace first: one with many subscriptions gets no more than one with a single one', () => {
		const many = Array.from({ length: 300 }, (_, index) => queue(`s${index}`, 'many'));

		const shares = share([...many, queue('only', 'small')], { limit: 8 });

		expect(shares['only']).toBe(4);
		expect(Object.values(shares).reduce((sum, one) => sum + one)).toBe(8);
	});

	it('goes by subscription then: each gets one before any gets a second', () => {
		expect(share([queue('a'), queue('b'), queue('c')], { limit: 4 })).toEqual({ a: 2, b: 1, c: 1 });
	});

	it('counts what is in flight already', () => {
		const inFlight = holding({ a: 2, acme: 2 });

		expect(share([queue('a'), queue('b')], { limit: 2, inFlight })).toEqual({ b: 2 });
	});

	it('serves among equals whoever was served longest ago', () => {
		const inFlight = holding({}, { a: 7, b: 5, acme: 7, beta: 6 });

		expect(share([queue('a'), queue('b')], { limit: 1, inFlight })).toEqual({ b: 1 });
		expect(share([queue('a'), queue('c', 'beta')], { limit: 1, inFlight })).toEqual({ c: 1 });
	});

	it('gives a subscription so many slots, and one that is probed a single one', () => {
		expect(share([queue('a'), queue('b', 'acme', true)])).toEqual({ a: 8, b: 1 });
		expect(share([queue('b', 'acme', true)], { inFlight: holding({ b: 1, acme: 1 }) })).toEqual({});
	});

	it('leaves one workspace alone half of the slots, so that a newcomer finds some', () => {
		const queues = Array.from({ length: 300 }, (_, index) => queue(`s${index}`));

		expect(share(queues, { free: 100, limit: 100, perQueue: 1 })).toMatchObject({ s49: 1 });
		expect(Object.keys(share(queues, { free: 100, limit: 100, perQueue: 1 }))).toHaveLength(50);
	});

	it('gives nothing where nothing is free', () => {
		expect(share([queue('a')], { free: 0 })).toEqual({});
	});

	it('keeps every bound, whatever is due and in flight', () => {
		const count = fc.integer({ min: 0, max: 9 });
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(5), fc.nat(30), fc.boolean(), count), { maxLength: 40 }),
				fc.nat(100),
				fc.nat(40),
				(rows, free, limit) => {
					const unique = new Map(
						rows.map(([w, s, probed, held]) => [`w${w}s${s}`, { w: `w${w}`, probed, held }]),
					);
					const held: Record<string, number> = {};
					for (const [id, one] of unique) {
						held[id] = one.held;
						held[one.w] = (held[one.w] ?? 0) + one.held;
					}
					const queues = [...unique].map(([id, { w, probed }]) => queue(id, w, probed));

					const shares = shareSlots(queues, {
						free,
						limit,
						perQueue: 8,
						inFlight: holding(held),
					});

					const given = [...shares.values()].reduce((sum, one) => sum + one, 0);
					expect(given).toBeLessThanOrEqual(Math.min(free, limit));
					for (const [id, share] of shares) {
						const most = unique.get(id)?.probed ? 1 : 8;
						expect((held[id] ?? 0) + share).toBeLessThanOrEqual(most);
					}
				},
			),
		);
	});
});
