import { sql } from 'kysely';
import { openDatabase } from '../../hub-server/src/database/openDatabase';
import { createDeliveryLedger } from '../../hub-server/src/relay/deliveryLedger';
import { releaseLeases } from '../../hub-server/src/relay/releaseLeases';
import { BREAKER_THRESHOLD, DISABLE_AFTER_MS } from '../../hub-server/src/subscriptions/breaker';
import { ENGINES } from '../support/freshLedger';
import { waitingForLocks } from '../support/waitingForLocks';
import {
	anEvent,
	CLAIM,
	ledgerFixture,
	NOTHING_IN_FLIGHT,
	type LedgerFixture,
} from './ledgerFixture';

const failed = { kind: 'retry', delayMs: 5_000 } as const;
const attempt = { startedAt: 0, ms: 3, statusCode: 500, responseBody: 'no' };

describe.each(ENGINES)('delivery ledger on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const claimOne = () => f.claimOne();

	it('gives a due delivery with its event, subscription and workspace', async () => {
		const subscription = await f.subscribe(['contact.updated']);
		const event = anEvent();
		await f.accept([event]);

		const delivery = await claimOne();

		expect(delivery).toMatchObject({
			attempt: 1,
			event: { resourceId: event.resourceId },
			subscription: { id: subscription.id },
			workspace: { slug: 'acme' },
			isReplay: false,
		});
	});

	it('gives no delivery twice while its lease holds, and again once it has ended', async () => {
		await f.subscribe(['*']);
		await f.accept([anEvent()]);

		const first = await f.deliveries.claim(CLAIM);
		const meanwhile = await f.deliveries.claim(CLAIM);
		f.advance(60_001);
		const afterCrash = await f.deliveries.claim(CLAIM);

		expect(first).toHaveLength(1);
		expect(meanwhile).toEqual([]);
		expect(afterCrash.map(({ id }) => id)).toEqual([first[0]?.id]);
	});

	it('counts an attempt when it was made: ten crashes use none up', async () => {
		await f.subscribe(['*']);
		await f.accept([anEvent()]);
		for (let crash = 0; crash < 10; crash += 1) {
			await claimOne();
			f.advance(60_001);
		}

		const delivery = await claimOne();
		await f.deliveries.finish(delivery, failed, attempt);

		expect(delivery.attempt).toBe(1);
		expect(await f.reader.delivery(f.workspace.id, delivery.id)).toMatchObject({
			status: 'pending',
			attempt: 1,
			attempts: [{ number: 1 }],
		});
	});

	it('gives what a hub that is gone had claimed to the next one at once', async () => {
		await f.subscribe(['contact.updated']);
		await f.subscribe(['invoice.updated'], { url: 'https://n8n.example.com/waits' });
		await f.accept([anEvent(), anEvent({ eventCategory: 'INVOICE' })]);
		f.advance(250);
		const read = { limit: 1, leaseMs: 60_000 };
		const before = [await f.deliveries.claim(CLAIM), await f.records.claim(read)];

		await releaseLeases(f.db, f.now());

		const after = [await f.deliveries.claim(CLAIM), await f.records.claim(read)];
		const idsOf = (claimed: typeof before) => claimed.map((some) => some.map(({ id }) => id));
		expect(idsOf(after)).toEqual(idsOf(before));
		expect(after.map((some) => some.length)).toEqual([1, 1]);
	});

	it('shares the due deliveries among claimers without giving one to two', async () => {
		await f.subscribe(['*']);
		await f.accept(Array.from({ length: 200 }, () => anEvent()));
		// SQLite has one hub, PostgreSQL has as many as there are replicas.
		const replicas =
			engine === 'sqlite'
				? []
				: await Promise.all(Array.from({ length: 4 }, () => openDatabase(f.location)));
		const claimers =
			engine === 'sqlite'
				? Array.from({ length: 4 }, () => f.deliveries)
				: replicas.map(({ db }) => createDeliveryLedger({ db, engine, now: f.now }));

		const claimed: string[] = [];
		await Promise.all(
			claimers.map(async (ledger) => {
				for (let round = 0; round < 10; round += 1) {
					const batch = await ledger.claim({ ...CLAIM, limit: 7 });
					claimed.push(...batch.map(({ id }) => id));
				}
			}),
		);
		await Promise.all(replicas.map((replica) => replica.close()));

		expect(new Set(claimed).size).toBe(claimed.length);
		expect(claimed).toHaveLength(200);
	});

	it('refuses the result of a process that has lost its lease', async () => {
		await f.subscribe(['*']);
		await f.accept([anEvent()]);
		const slow = await claimOne();
		f.advance(60_001);
		const next = await claimOne();

		const slowHeld = await f.deliveries.finish(slow, { kind: 'dead', reason: 'late' }, attempt);
		const nextHeld = await f.deliveries.finish(next, { kind: 'delivered' }, attempt);

		expect([slowHeld, nextHeld]).toEqual([false, true]);
		const { status, attempts } = await f.reader.delivery(f.workspace.id, next.id);
		expect(status).toBe('delivered');
		expect(attempts.map(({ number }) => number)).toEqual([1, 2]);
	});

	it('brings a failed delivery back when its time has come, not before', async () => {
		await f.subscribe(['*']);
		await f.accept([anEvent()]);
		const delivery = await claimOne();
		await f.deliveries.finish(delivery, failed, attempt);

		const early = await f.deliveries.claim(CLAIM);
		f.advance(5_000);
		const due = await f.deliveries.claim(CLAIM);

		expect(early).toEqual([]);
		expect(due.map(({ id }) => id)).toEqual([delivery.id]);
	});

	it('serves every subscription before one of them gets a second place', async () => {
		const busy = await f.subscribe(['contact.updated'], { url: 'https://n8n.example.com/busy' });
		const quiet = await f.subscribe(['payment.updated'], { url: 'https://n8n.example.com/quiet' });
		await f.accept(Array.from({ length: 50 }, () => anEvent()));
		await f.accept([anEvent({ eventCategory: 'PAYMENT' })]);

		const claimed = await f.deliveries.claim({ ...CLAIM, limit: 2 });

		expect(claimed.map(({ subscription }) => subscription.id).sort()).toEqual(
			[busy.id, quiet.id].sort(),
		);
	});

	it('leaves alone the subscriptions that have enough in flight', async () => {
		await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent(), anEvent()]);
		const inFlight = { ...NOTHING_IN_FLIGHT, held: () => 2 };

		expect(await f.deliveries.claim({ ...CLAIM, perQueue: 2, inFlight })).toEqual([]);
		expect(await f.deliveries.claim({ ...CLAIM, perQueue: 2 })).toHaveLength(2);
	});

	it('pauses an endpoint that keeps failing, then probes it with one delivery', async () => {
		await f.subscribe(['*']);
		await f.accept(Array.from({ length: BREAKER_THRESHOLD + 5 }, () => anEvent()));
		for (let failure = 0; failure < BREAKER_THRESHOLD; failure += 1) {
			await f.deliveries.finish(await claimOne(), failed, attempt);
		}

		const whilePaused = await f.deliveries.claim(CLAIM);
		f.advance(5_001);
		const probe = await f.deliveries.claim(CLAIM);
		for (const delivery of probe)
			await f.deliveries.finish(delivery, { kind: 'delivered' }, attempt);
		const afterSuccess = await f.deliveries.claim(CLAIM);

		expect(whilePaused).toEqual([]);
		expect(probe).toHaveLength(1);
		expect(afterSuccess).toHaveLength(BREAKER_THRESHOLD + 4);
	});

	it('counts one outage once, however many deliveries were in flight', async () => {
		await f.subscribe(['*']);
		await f.accept(Array.from({ length: 20 }, () => anEvent()));

		const inFlight = await f.deliveries.claim({ ...CLAIM, limit: 8 });
		for (const delivery of inFlight) await f.deliveries.finish(delivery, failed, attempt);

		// Not paused: what waits is claimed, and more than a probe.
		expect(await f.deliveries.claim({ ...CLAIM, limit: 8 })).toHaveLength(8);
	});

	it('does not disable an endpoint for a failure weeks after another', async () => {
		const { id } = await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent()]);
		await f.deliveries.finish(await claimOne(), failed, attempt);
		f.advance(3 * DISABLE_AFTER_MS);
		await f.deliveries.finish(await claimOne(), failed, attempt);

		expect((await f.subscriptions.get(f.workspace.id, id)).status).toBe('active');
	});

	it('disables an endpoint that failed for five days and says so on what waited', async () => {
		const { id } = await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent()]);
		for (let day = 0; day <= 5; day += 1) {
			await f.deliveries.finish(await claimOne(), failed, attempt);
			f.advance(DISABLE_AFTER_MS / 5 + 1);
		}

		const { items } = await f.reader.deliveries(f.workspace.id, { limit: 10, status: 'dead' });

		expect((await f.subscriptions.get(f.workspace.id, id)).status).toBe('disabled');
		expect(items).toHaveLength(2);
		expect(items[0]?.reason).toMatch(/five days.*replay/);
	});

	it('ends a subscription whose workflow answers 410', async () => {
		const { id } = await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent()]);

		const gone = { kind: 'gone', isDelivered: false, reason: 'It answered 410.' } as const;
		await f.deliveries.finish(await claimOne(), gone, attempt);

		expect((await f.subscriptions.get(f.workspace.id, id)).status).toBe('disabled');
		expect(await f.deliveries.claim(CLAIM)).toEqual([]);
	});

	if (engine === 'postgres') {
		it('loses no attempt when two hubs end one subscription at the same moment', async () => {
			const { id } = await f.subscribe(['*']);
			await f.accept([anEvent(), anEvent()]);
			const [one, two] = [await claimOne(), await claimOne()];
			const otherHub = await openDatabase(f.location);
			const other = createDeliveryLedger({ db: otherHub.db, engine, now: f.now });
			const gone = { kind: 'gone', isDelivered: false, reason: 'It answered 410.' } as const;

			const { ends } = await f.db.transaction().execute(async (tx) => {
				await sql`select id from subscriptions where id = ${id} for update`.execute(tx);
				const both = [f.deliveries.finish(one, gone, attempt), other.finish(two, gone, attempt)];
				const settled = Promise.allSettled(both);
				await waitingForLocks(f.db, 2);
				return { ends: settled };
			});

			expect((await ends).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
			await otherHub.close();
		});
	}

	it('ends a delivery that its workflow refuses for good, and thinks no worse of the endpoint', async () => {
		await f.subscribe(['*']);
		await f.accept(Array.from({ length: BREAKER_THRESHOLD + 1 }, () => anEvent()));
		for (let refusal = 0; refusal < BREAKER_THRESHOLD; refusal += 1) {
			const delivery = await claimOne();
			await f.deliveries.finish(delivery, { kind: 'aborted', reason: 'Not wanted.' }, attempt);
		}

		expect(await f.deliveries.claim(CLAIM)).toHaveLength(1);
		const { items } = await f.reader.deliveries(f.workspace.id, { limit: 10, status: 'dead' });
		expect(new Set(items.map(({ reason }) => reason))).toEqual(new Set(['Not wanted.']));
	});

	it('takes the end of a delivery whose workspace was removed meanwhile', async () => {
		await f.subscribe(['*']);
		await f.accept([anEvent()]);
		const delivery = await claimOne();
		await f.db.deleteFrom('workspaces').where('id', '=', f.workspace.id).execute();

		const held = await f.deliveries.finish(delivery, { kind: 'delivered' }, attempt);

		expect(held).toBe(false);
	});

	it('cancels what waits when a subscription is discarded, and keeps the account of it', async () => {
		const { id } = await f.subscribe(['*']);
		await f.accept([anEvent()]);

		await f.subscriptions.discard(f.workspace.id, id);

		const { items } = await f.reader.deliveries(f.workspace.id, { limit: 10 });
		expect(items.map(({ status, reason }) => [status, reason])).toEqual([
			['cancelled', 'The subscription was deleted.'],
		]);
	});
});
