import { openDatabase } from '../../hub-server/src/database/openDatabase';
import { createDeliveryLedger } from '../../hub-server/src/relay/deliveryLedger';
import { BREAKER_THRESHOLD, DISABLE_AFTER_MS } from '../../hub-server/src/subscriptions/breaker';
import { ENGINES } from '../support/freshLedger';
import { anEvent, CLAIM, ledgerFixture, type LedgerFixture } from './ledgerFixture';

const failed = { kind: 'retry', delayMs: 5_000 } as const;
const attempt = { startedAt: 0, ms: 3, statusCode: 500, responseBody: 'no' };

describe.each(ENGINES)('delivery ledger on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const claimOne = async () => {
		const [delivery] = await f.deliveries.claim({ ...CLAIM, limit: 1 });
		if (!delivery) throw new Error('nothing was due');
		return delivery;
	};

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
		expect(afterCrash.map(({ id, attempt: number }) => [id, number])).toEqual([[first[0]?.id, 2]]);
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
		const { id } = await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent(), anEvent()]);

		expect(await f.deliveries.claim({ ...CLAIM, except: [id] })).toEqual([]);
		expect(await f.deliveries.claim({ ...CLAIM, perSubscription: 2 })).toHaveLength(2);
	});

	it('pauses an endpoint that keeps failing, then probes it with one delivery', async () => {
		await f.subscribe(['*']);
		await f.accept(Array.from({ length: BREAKER_THRESHOLD + 5 }, () => anEvent()));
		const batch = await f.deliveries.claim({ ...CLAIM, limit: BREAKER_THRESHOLD });
		for (const delivery of batch) await f.deliveries.finish(delivery, failed, attempt);

		const whilePaused = await f.deliveries.claim(CLAIM);
		f.advance(30_001);
		const probe = await f.deliveries.claim(CLAIM);
		for (const delivery of probe)
			await f.deliveries.finish(delivery, { kind: 'delivered' }, attempt);
		const afterSuccess = await f.deliveries.claim(CLAIM);

		expect(whilePaused).toEqual([]);
		expect(probe).toHaveLength(1);
		expect(afterSuccess).toHaveLength(BREAKER_THRESHOLD + 4);
	});

	it('disables an endpoint that failed for five days and says so on what waited', async () => {
		const { id } = await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent()]);
		await f.deliveries.finish(await claimOne(), failed, attempt);
		f.advance(DISABLE_AFTER_MS + 1);
		await f.deliveries.finish(await claimOne(), failed, attempt);

		const { items } = await f.reader.deliveries(f.workspace.id, { limit: 10, status: 'dead' });

		expect((await f.subscriptions.get(f.workspace.id, id)).status).toBe('disabled');
		expect(items).toHaveLength(2);
		expect(items[0]?.reason).toMatch(/five days.*replay/);
	});

	it('ends a subscription whose workflow answers 410', async () => {
		const { id } = await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent()]);

		await f.deliveries.finish(await claimOne(), { kind: 'gone' }, attempt);

		expect((await f.subscriptions.get(f.workspace.id, id)).status).toBe('disabled');
		expect(await f.deliveries.claim(CLAIM)).toEqual([]);
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

	it('replays a delivery as a new one of the same event', async () => {
		await f.subscribe(['*']);
		await f.accept([anEvent()]);
		const first = await claimOne();
		await f.deliveries.finish(first, { kind: 'dead', reason: 'used up' }, attempt);

		const { id } = await f.replays.replayDelivery(f.workspace.id, first.id);
		const replayed = await claimOne();

		expect(replayed).toMatchObject({ id, isReplay: true, attempt: 1 });
		expect(replayed.event.id).toBe(first.event.id);
	});

	it('replays a time range to the subscriptions that ask for it now', async () => {
		await f.accept([anEvent(), anEvent({ eventCategory: 'PAYMENT' })]);
		await f.subscribe(['payment.updated']);
		const range = { since: f.now(), until: f.now() + 1 };

		const outside = await f.replays.replayRange(f.workspace.id, { since: 0, until: f.now() });
		const inside = await f.replays.replayRange(f.workspace.id, range);

		expect([outside, inside]).toEqual([{ deliveries: 0 }, { deliveries: 1 }]);
	});

	it('replays only what is dead when asked so', async () => {
		await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent()]);
		const [good, bad] = await f.deliveries.claim(CLAIM);
		if (!good || !bad) throw new Error('two were due');
		await f.deliveries.finish(good, { kind: 'delivered' }, attempt);
		await f.deliveries.finish(bad, { kind: 'dead', reason: 'used up' }, attempt);

		const replayed = await f.replays.replayRange(f.workspace.id, {
			since: f.now(),
			until: f.now() + 1,
			status: 'dead',
		});

		expect(replayed).toEqual({ deliveries: 1 });
		expect((await claimOne()).event.id).toBe(bad.event.id);
	});
});
