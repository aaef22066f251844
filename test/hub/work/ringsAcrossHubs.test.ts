import { openDatabase } from '../../../hub-server/src/database/openDatabase';
import { createDeliveryLedger } from '../../../hub-server/src/relay/deliveryLedger';
import { startDispatcher } from '../../../hub-server/src/relay/dispatcher';
import { createBullDoorbell } from '../../../hub-server/src/work/bullDoorbell';
import type { Doorbell } from '../../../hub-server/src/work/Doorbell';
import { anEvent, ledgerFixture, type LedgerFixture } from '../../contract/ledgerFixture';
import { startRedis, type RunningRedis } from '../../support/redis';

/** So long that whatever is delivered was rung for. */
const NO_POLL_MS = 10 * 60_000;

describe('two hubs on one ledger, with the doorbell on Bull', () => {
	let f: LedgerFixture;
	let redis: RunningRedis;
	const ends: Array<() => Promise<void>> = [];
	beforeEach(async () => {
		[f, redis] = await Promise.all([ledgerFixture('postgres'), startRedis()]);
	});
	afterEach(async () => {
		for (const end of ends.splice(0).reverse()) await end();
		await redis.kill();
		await f.close();
	});

	async function doorbell(): Promise<Doorbell> {
		return await new Promise((resolve) => {
			const one: Doorbell = createBullDoorbell({
				url: redis.url,
				onState: (state) => state === 'up' && resolve(one),
				onWarning: () => undefined,
			});
			ends.push(() => one.close());
		});
	}

	/** A hub that delivers; its attempts end when the test says so. */
	async function startDelivering(perSubscription: number) {
		const { db, close } = await openDatabase(f.location);
		ends.push(close);
		const ledger = createDeliveryLedger({ db, engine: 'postgres', now: f.now });
		const attempts: string[] = [];
		let changed = () => {};
		const release = Promise.withResolvers<void>();
		const dispatcher = startDispatcher({
			ledger,
			async attempt(delivery) {
				attempts.push(delivery.id);
				changed();
				await release.promise;
				await ledger.finish(delivery, { kind: 'delivered' });
			},
			onFault: (cause) => {
				throw cause;
			},
			options: { pollMs: NO_POLL_MS, perSubscription },
		});
		ends.push(async () => {
			release.resolve();
			await dispatcher.stop();
		});
		(await doorbell()).answer(() => dispatcher.wake());
		return {
			attempts,
			async until(count: number) {
				while (attempts.length < count) await new Promise<void>((resolve) => (changed = resolve));
			},
		};
	}

	it('the one delivers at once what the other has received', async () => {
		await f.subscribe(['*']);
		const delivers = await startDelivering(8);
		const receives = await doorbell();

		const { due } = await f.accept([anEvent()]);
		receives.ring(due);
		await delivers.until(1);

		expect(delivers.attempts).toEqual(due.map(({ deliveryId }) => deliveryId));
	});

	it('share what one of them alone may not have in flight, and take none twice', async () => {
		await f.subscribe(['*']);
		const [one, other] = await Promise.all([startDelivering(5), startDelivering(5)]);
		const receives = await doorbell();

		const { due } = await f.accept(Array.from({ length: 10 }, () => anEvent()));
		// As often as it takes: Bull may give all jobs of one ring to one hub.
		while (one.attempts.length + other.attempts.length < 10) {
			receives.ring(due);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}

		expect([one.attempts.length, other.attempts.length]).toEqual([5, 5]);
		expect(new Set([...one.attempts, ...other.attempts]).size).toBe(10);
	});
});
