import type { ClaimLimits } from '../../../hub-server/src/relay/deliveryLedger';
import { startDispatcher } from '../../../hub-server/src/relay/dispatcher';
import { eventually } from '../../support/eventually';
import type { DueDelivery } from '../../../hub-server/src/relay/DueDelivery';
import { shareSlots } from '../../../hub-server/src/relay/shareSlots';

const queueOf = ({ subscription, workspace }: DueDelivery) => ({
	id: subscription.id,
	workspaceId: workspace.id,
	isProbed: false,
});

/** A ledger in memory whose deliveries end when the test says so. */
function setUp({ perSubscription = 2, concurrency = 6, maxBytes = 1_000 } = {}) {
	const due: DueDelivery[] = [];
	const running = new Map<string, () => void>();
	const faults: unknown[] = [];
	const limits: ClaimLimits[] = [];
	let changed = () => {};
	let failNextClaim = false;

	const dispatcher = startDispatcher({
		ledger: {
			async claim(wanted) {
				limits.push(wanted);
				if (failNextClaim) {
					failNextClaim = false;
					throw new Error('the database is away');
				}
				const shares = shareSlots(due.map(queueOf), wanted);
				const claimed = [...shares].flatMap(([id, count]) =>
					due.filter(({ subscription }) => subscription.id === id).slice(0, count),
				);
				for (const delivery of claimed) due.splice(due.indexOf(delivery), 1);
				return claimed;
			},
		},
		attempt: (delivery) =>
			new Promise((resolve) => {
				running.set(delivery.id, resolve);
				changed();
			}),
		onFault: (cause) => {
			faults.push(cause);
			changed();
		},
		options: { pollMs: 5, perSubscription, concurrency, maxBytes, leaseMs: 60_000 },
	});

	return {
		dispatcher,
		faults,
		limits,
		running: () => [...running.keys()],
		add(id: string, subscriptionId: string, { workspaceId = 'acme', bytes = 1 } = {}) {
			due.push({
				id,
				bytes,
				subscription: { id: subscriptionId },
				workspace: { id: workspaceId },
			} as DueDelivery);
			dispatcher.wake();
		},
		finish(id: string) {
			running.get(id)?.();
			running.delete(id);
		},
		failNextClaim() {
			failNextClaim = true;
			dispatcher.wake();
		},
		async until(condition: () => boolean) {
			while (!condition()) {
				await new Promise<void>((resolve) => {
					changed = resolve;
				});
			}
		},
		async stop() {
			for (const end of running.values()) end();
			await dispatcher.stop();
		},
	};
}

describe('dispatcher', () => {
	it('takes no more than it may have in flight, and the next when one ends', async () => {
		const t = setUp({ concurrency: 4, perSubscription: 9 });
		for (const id of ['a', 'b', 'c']) t.add(id, 'one');

		await t.until(() => t.running().length === 2);
		t.finish('a');
		await t.until(() => t.running().includes('c'));

		expect(t.running()).toEqual(['b', 'c']);
		await t.stop();
	});

	it('leaves a subscription alone that has enough in flight, and serves the others', async () => {
		const t = setUp({ perSubscription: 1 });
		t.add('slow', 'one');
		await t.until(() => t.running().includes('slow'));

		t.add('waits', 'one');
		t.add('other', 'two');
		await t.until(() => t.running().includes('other'));

		expect(t.running()).toEqual(['slow', 'other']);
		await t.stop();
	});

	it('keeps slots for others when the receivers of one workspace hang, however many they are', async () => {
		const t = setUp({ concurrency: 6, perSubscription: 2 });
		for (const one of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
			t.add(`${one}1`, one, { workspaceId: 'slow' });
			t.add(`${one}2`, one, { workspaceId: 'slow' });
		}
		await t.until(() => t.running().length === 3);

		t.add('quick', 'z', { workspaceId: 'fast' });
		await t.until(() => t.running().includes('quick'));

		expect(t.running()).toHaveLength(4);
		await t.stop();
	});

	it('gives a workspace nothing more while what it has in flight is too large for the memory', async () => {
		const t = setUp({ maxBytes: 10 });
		t.add('large', 'one', { bytes: 10 });
		await t.until(() => t.running().includes('large'));
		const looks = t.limits.length;

		t.add('next', 'two');
		await eventually('another look', async () => t.limits.length > looks + 1 || undefined);
		expect(t.running()).toEqual(['large']);
		t.finish('large');
		await t.until(() => t.running().includes('next'));

		await t.stop();
	});

	it('gives another workspace its turn, however much one keeps in memory', async () => {
		const t = setUp({ maxBytes: 10 });
		t.add('large', 'one', { bytes: 10 });
		await t.until(() => t.running().includes('large'));

		t.add('small', 'two', { workspaceId: 'other' });
		await t.until(() => t.running().includes('small'));

		expect(t.running()).toEqual(['large', 'small']);
		await t.stop();
	});

	it('goes on after the database was away', async () => {
		const t = setUp();

		t.failNextClaim();
		await t.until(() => t.faults.length === 1);
		t.add('a', 'one');
		await t.until(() => t.running().includes('a'));

		expect(String(t.faults[0])).toMatch('the database is away');
		await t.stop();
	});

	it('finds what is due without being rung', async () => {
		const t = setUp();
		const looksBefore = t.limits.length;

		await new Promise<void>((resolve) => {
			const timer = setInterval(() => {
				if (t.limits.length > looksBefore + 2) {
					clearInterval(timer);
					resolve();
				}
			}, 1);
		});

		expect(t.dispatcher.silentMs()).toBeLessThan(5_000);
		await t.stop();
	});

	it('waits at its end for what is in flight and claims nothing more', async () => {
		const t = setUp();
		t.add('a', 'one');
		await t.until(() => t.running().includes('a'));
		let stopped = false;

		const stopping = t.dispatcher.stop().then(() => {
			stopped = true;
		});
		t.add('b', 'one');
		await new Promise((resolve) => setImmediate(resolve));
		expect(stopped).toBe(false);
		t.finish('a');
		await stopping;

		expect(t.running()).toEqual([]);
	});
});

describe('a clock that is set ahead', () => {
	it('sends nothing twice that is in flight, and what came of it counts', async () => {
		const delivery = (leaseId: string) =>
			({
				...{ id: 'd1', leaseId, bytes: 1 },
				...{ subscription: { id: 's1' }, workspace: { id: 'w1' } },
			}) as DueDelivery;
		const claims = [[delivery('first lease')], [delivery('second lease')]];
		const attempted: DueDelivery[] = [];
		const answer = Promise.withResolvers<void>();
		const dispatcher = startDispatcher({
			ledger: { claim: async () => claims.shift() ?? [] },
			attempt(one) {
				attempted.push(one);
				return answer.promise;
			},
			onFault: (cause) => {
				throw cause;
			},
			options: { pollMs: 1 },
		});

		await eventually('both claims', async () => claims.length === 0 || undefined, {
			intervalMs: 5,
		});
		await eventually('the new lease', async () =>
			attempted[0]?.leaseId === 'second lease' ? true : undefined,
		);
		answer.resolve();
		await dispatcher.stop();

		expect(attempted).toHaveLength(1);
	});
});
