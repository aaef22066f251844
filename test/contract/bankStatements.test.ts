import { beginStreams } from '../../hub-server/src/sync/beginStreams';
import { serveSubscription } from '../../hub-server/src/sync/serveSubscription';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { TENANT } from './ledgerFixture';
import { syncFixture, type SyncFixture } from './syncFixture';

const HOUR = 3600_000;
const TYPES = ['bank_statement.delivered', 'bank_statement.rejected'];
const DUPLICATE = [
	{ type: 'duplicate-statement', title: 'Duplicate Statement Received', status: 409 },
];

describe.each(ENGINES)('bank statements on %s', (engine) => {
	let f: SyncFixture;
	beforeEach(async () => {
		f = await syncFixture(engine);
	});
	afterEach(() => f.close());

	let order = 0;
	function statement(number: number, status: string, members: object = {}) {
		order += 1;
		const listed = { id: guid(number), feedConnectionId: guid(1000), status, ...members };
		f.xero.put('Statements', { id: guid(number), updatedAt: order, members: listed });
	}
	async function pass() {
		f.advance(HOUR);
		await f.runDue();
	}
	async function got(subscriptionId: string) {
		const rows = await f.db
			.selectFrom('deliveries as d')
			.innerJoin('events as e', 'e.id', 'd.event_id')
			.select(['e.resource_id', 'd.type'])
			.where('d.subscription_id', '=', subscriptionId)
			.where('d.status', '<>', 'filtered')
			.orderBy('e.resource_id')
			.execute();
		return rows.map(({ resource_id: id, type }) => `${Number(id.slice(-12))} ${type}`);
	}

	it('are told once when Xero has taken or rejected them', async () => {
		for (const number of [1, 2, 3]) statement(number, 'PENDING');
		statement(4, 'REJECTED');
		await f.stream('bank_statement');
		await f.runDue();
		const one = await f.subscribe(TYPES);
		statement(1, 'DELIVERED');
		statement(2, 'REJECTED', { errors: DUPLICATE });
		await pass();
		await pass();

		expect(await got(one.id)).toEqual(['1 bank_statement.delivered', '2 bank_statement.rejected']);
	});

	it('are told where nobody saw them PENDING, with why Xero rejected them', async () => {
		await f.stream('bank_statement');
		await f.runDue();
		await f.subscribe(TYPES, { hydrate: true });
		statement(1, 'REJECTED', { errors: DUPLICATE });
		await pass();

		const stored = await f.db.selectFrom('events').selectAll().executeTakeFirstOrThrow();
		expect(JSON.parse(stored.record ?? '')).toMatchObject({ errors: DUPLICATE });
		expect(stored).toMatchObject({
			...{ category: 'BANKSTATEMENT', source: 'sync' },
			types: '["bank_statement.rejected","bank_statement.created"]',
			resource_url: `https://api.xero.com/bankfeeds.xro/1.0/Statements/${guid(1)}`,
		});
	});

	it('are read page by page, a hundred each, and none is told as gone', async () => {
		for (let number = 1; number <= 250; number += 1) statement(number, 'PENDING');
		const id = await f.stream('bank_statement');
		await f.runDue();
		const one = await f.subscribe(['*']);
		for (let number = 1; number <= 250; number += 1) statement(number, 'DELIVERED');
		f.xero.listOf('Statements').delete(guid(7));
		await pass();
		await pass();

		expect(f.xero.calls.filter(({ path }) => path.includes('/Statements'))).toHaveLength(9);
		expect(f.xero.calls.at(-1)).toEqual({
			path: '/bankfeeds.xro/1.0/Statements?page=3&pageSize=100',
			since: undefined,
		});
		expect(await got(one.id)).toHaveLength(249);
		expect((await f.told()).filter((told) => told.endsWith('deleted'))).toEqual([]);
		expect(await f.lastRun(id)).toMatchObject({ status: 'succeeded', calls: 3 });
	});

	it('are told once each though some move to another page while they are read', async () => {
		for (let number = 1; number <= 250; number += 1) statement(number, 'PENDING');
		await f.stream('bank_statement');
		await f.runDue();
		const one = await f.subscribe(TYPES);
		f.xero.beforeEach((path) => {
			if (!path.includes('page=2')) return;
			// In the order in which they changed, as the sandbox has them.
			for (let number = 1; number <= 20; number += 1) statement(number, 'DELIVERED');
		});
		await pass();
		f.xero.beforeEach(() => undefined);
		await pass();

		expect(await got(one.id)).toHaveLength(20);
	});

	it('are told once each though the hub dies between any two pages', async () => {
		for (let number = 1; number <= 150; number += 1) statement(number, 'PENDING');
		await f.stream('bank_statement');
		await f.runDue();
		const one = await f.subscribe(TYPES);
		for (let number = 1; number <= 150; number += 1) statement(number, 'DELIVERED');
		f.advance(HOUR);
		let [claimed] = await f.claim();
		while (claimed !== undefined) {
			await f.runStep(claimed);
			await f.runStep(claimed);
			[claimed] = await f.claim();
		}

		expect(await got(one.id)).toHaveLength(150);
	});

	describe('a workflow that listens for them', () => {
		const streams = async () =>
			(await f.db.selectFrom('sync_streams').select('entity').execute()).map((row) => row.entity);
		const scope = (text: string) => f.db.updateTable('grants').set({ scope: text }).execute();

		it('begins the stream where the user has consented to bank feeds', async () => {
			await scope('offline_access accounting.invoices bankfeeds');
			const one = await f.subscribe(TYPES);
			await f.stream('contact');
			await serveSubscription(f.serving(), f.workspace.id, one, f.now());

			expect((await streams()).sort()).toEqual(['bank_statement', 'contact']);
		});

		it.each(['', 'offline_access accounting.invoices', 'bankfeedsv2'])(
			'makes no calls that Xero would refuse: %p',
			async (text) => {
				await scope(text);
				await f.subscribe(TYPES, { tenantIds: [TENANT] });
				await f.db.updateTable('connections').set({ sync_enabled: 1 }).execute();
				await beginStreams(f.serving(), f.now());

				expect(await streams()).not.toContain('bank_statement');
			},
		);
	});
});
