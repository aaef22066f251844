import type { Routed } from '../../../hub-server/src/webhooks/routePayloads';
import { startPayloadRouter } from '../../../hub-server/src/webhooks/payloadRouter';

/** An inbox of so many payloads that each hold one new event. */
function setUp({ isBusy = false, waiting = 0 } = {}) {
	const inbox = { waiting };
	const rounds: number[] = [];
	const faults: unknown[] = [];
	const state = { isBusy, failNext: false };
	const router = startPayloadRouter({
		async route(maxPayloads): Promise<Routed> {
			if (state.failNext) {
				state.failNext = false;
				throw new Error('the database is away');
			}
			const payloads = Math.min(maxPayloads, inbox.waiting);
			inbox.waiting -= payloads;
			return {
				payloads,
				newEvents: payloads,
				newDeliveries: payloads,
				due: [],
				faults: [],
				isMoreWaiting: inbox.waiting > 0,
			};
		},
		inbox: { isBusy: () => state.isBusy },
		onRouted: ({ payloads }) => rounds.push(payloads),
		onFault: (cause) => faults.push(cause),
		pollMs: 5,
	});
	return { router, inbox, rounds, faults, state };
}

describe('payload router', () => {
	it('routes at its start what a crash left in the inbox', async () => {
		const t = setUp({ waiting: 3 });

		await t.router.settled();

		expect(t.rounds).toEqual([3]);
		await t.router.stop();
	});

	it('takes a few payloads a round, so that answers to Xero find their turn', async () => {
		const t = setUp({ waiting: 60 });

		await t.router.settled();

		expect(t.rounds).toEqual([25, 25, 10]);
		await t.router.stop();
	});

	it('settles when all that was acknowledged is routed, also while payloads keep arriving', async () => {
		const t = setUp({ isBusy: true });
		await t.router.settled();
		t.inbox.waiting = 60;
		t.router.wake();

		await t.router.settled();

		expect(t.inbox.waiting).toBe(0);
		await t.router.stop();
	});

	it('tries again what failed, without being rung', async () => {
		const t = setUp();
		await t.router.settled();
		t.state.failNext = true;
		t.inbox.waiting = 1;

		await t.router.settled();
		await t.router.settled();

		expect(t.faults).toHaveLength(1);
		expect(t.rounds).toEqual([1]);
		await t.router.stop();
	});

	it('ends after the round under way and leaves the rest to the next start', async () => {
		const t = setUp({ waiting: 1_000 });

		await t.router.stop();

		expect(t.inbox.waiting).toBeGreaterThan(0);
	});
});
