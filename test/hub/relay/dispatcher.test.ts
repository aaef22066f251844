import type { ClaimLimits } from '../../../hub-server/src/relay/deliveryLedger';
import { startDispatcher } from '../../../hub-server/src/relay/dispatcher';
import type { DueDelivery } from '../../../hub-server/src/relay/DueDelivery';

/** A ledger in memory whose deliveries end when the test says so. */
function setUp({ perSubscription = 2, concurrency = 3 } = {}) {
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
				const free = due.filter(({ subscription }) => !wanted.except.includes(subscription.id));
				const claimed = free.slice(0, wanted.limit);
				for (const delivery of claimed) due.splice(due.indexOf(delivery), 1);
				return claimed;
			},
			finish: async () => true,
			idle: async () => {},
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
		options: { pollMs: 5, perSubscription, concurrency, leaseMs: 60_000 },
	});

	return {
		dispatcher,
		faults,
		limits,
		running: () => [...running.keys()],
		add(id: string, subscriptionId: string) {
			due.push({ id, subscription: { id: subscriptionId } } as DueDelivery);
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
		const t = setUp({ concurrency: 2, perSubscription: 9 });
		for (const id of ['a', 'b', 'c']) t.add(id, 'one');

		await t.until(() => t.running().length === 2);
		t.finish('a');
		await t.until(() => t.running().includes('c'));

		expect(t.running()).toEqual(['b', 'c']);
		await t.stop();
	});

	it('leaves a subscription alone that has enough in flight, and serves the others', async () => {
		const t = setUp({ concurrency: 9, perSubscription: 1 });
		t.add('slow', 'one');
		await t.until(() => t.running().includes('slow'));

		t.add('waits', 'one');
		t.add('other', 'two');
		await t.until(() => t.running().includes('other'));

		expect(t.running()).toEqual(['slow', 'other']);
		expect(t.limits.at(-1)?.except).toContain('one');
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
