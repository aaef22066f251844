import { createDeliveryCounts } from '../../hub-server/src/relay/deliveryCounts';
import { migrationsOf } from '../../hub-server/src/database/migrateToLatest';
import { ENGINES } from '../support/freshLedger';
import { anEvent, CLAIM, ledgerFixture, type LedgerFixture } from './ledgerFixture';

describe.each(ENGINES)('how many deliveries there are, on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const counts = () => createDeliveryCounts({ db: f.db, engine });
	/** Those that are not 0. */
	const told = async () =>
		Object.fromEntries([...(await counts().byStatus())].filter(([, count]) => count !== 0));

	it('is known by status, through whatever changes it', async () => {
		const { id } = await f.subscribe(['*']);
		await f.subscribe(['invoice.updated'], { url: 'https://n8n.example.com/waits' });
		await f.accept([anEvent(), anEvent(), anEvent({ eventCategory: 'INVOICE' })]);
		expect(await told()).toEqual({ pending: 3, waiting: 1 });

		const [first, second] = await f.deliveries.claim(CLAIM);
		if (!first || !second) throw new Error('two were due');
		await f.deliveries.finish(first, { kind: 'delivered' });
		await f.deliveries.finish(second, { kind: 'dead', reason: 'used up' });
		expect(await told()).toEqual({ pending: 1, waiting: 1, delivered: 1, dead: 1 });

		await f.subscriptions.discard(f.workspace.id, id);
		expect(await told()).toEqual({ cancelled: 1, waiting: 1, delivered: 1, dead: 1 });

		await f.db.deleteFrom('workspaces').execute();
		expect(await told()).toEqual({});
	});

	it('is the same after it was summed up', async () => {
		await f.subscribe(['*']);
		for (let count = 0; count < 5; count += 1) await f.accept([anEvent()]);

		await counts().sumUp();
		await counts().sumUp();

		expect(await told()).toEqual({ pending: 5 });
		const { length } = await f.db.selectFrom('delivery_counts').selectAll().execute();
		expect(length).toBeLessThanOrEqual(6);
	});

	it('counts what was there before it was counted', async () => {
		await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent()]);
		const migration = migrationsOf(engine, f.now)['0011FairDispatch'];

		await migration?.down?.(f.db);
		await migration?.up(f.db);

		expect(await told()).toEqual({ pending: 2 });
	});
});
