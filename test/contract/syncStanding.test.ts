import { XeroConnectionFailedError } from '../../hub-server/src/errors/xeroErrors';
import { createBaselinesOf } from '../../hub-server/src/sync/baselines';
import { beginStreams } from '../../hub-server/src/sync/beginStreams';
import { createMeasureList } from '../../hub-server/src/sync/measureList';
import { runProgress } from '../../hub-server/src/sync/runProgress';
import { serveSubscription } from '../../hub-server/src/sync/serveSubscription';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { NOTHING_IN_FLIGHT, TENANT } from './ledgerFixture';
import { SYNC_LEASE_MS, syncFixture, type SyncFixture } from './syncFixture';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

describe.each(ENGINES)('how a stream stands, on %s', (engine) => {
	let f: SyncFixture;
	beforeEach(async () => {
		f = await syncFixture(engine, { pageSize: 50 });
	});
	afterEach(() => f.close());

	function put(collection: string, count: number) {
		for (let number = 1; number <= count; number += 1) {
			f.xero.put(collection, {
				id: guid(number),
				updatedAt: f.now() - HOUR - (count - number) * 60_000,
				members: { Name: `Number ${number}`, Status: 'AUTHORISED', Type: 'ACCREC' },
			});
		}
	}
	const one = (id: string) => f.streams.get(f.workspace.id, id);
	async function turn() {
		const claimed = await f.ledger.claim({
			leaseMs: SYNC_LEASE_MS,
			slots: { free: 16, limit: 4, inFlight: NOTHING_IN_FLIGHT },
		});
		for (const stream of claimed) await f.runStep(stream);
	}
	const measureList = () => createMeasureList({ db: f.db, api: f.xero.api, now: f.now });
	const baselinesOf = (
		wish: Parameters<ReturnType<typeof createBaselinesOf>>[1],
		{ asksXero = false } = {},
	) =>
		createBaselinesOf({ db: f.db, measureList: measureList() })(f.workspace.id, wish, { asksXero });
	const ofInvoices = { events: ['invoice.paid'], tenantIds: [TENANT] };
	const begin = () =>
		f.db.updateTable('connections').set({ sync_enabled: 1, sync_begun: 0 }).execute();

	describe('while its first run is under way', () => {
		it('knows from the first page on how many there are, and how many it has seen', async () => {
			put('Contacts', 130);
			const id = await f.stream('contact');
			await turn();
			f.advance(2_000);
			const first = await one(id);

			await turn();
			const second = await one(id);

			expect(first.stream.total).toBe(130);
			expect(second.stream.total).toBe(130);
			expect(runProgress(first.stream, first.lastRun, f.now())).toMatchObject({
				...{ seen: 50, total: 130, perSecond: 25, secondsLeft: 4 },
			});
		});

		it('says nothing of a whole that Xero does not tell', async () => {
			for (let number = 1; number <= 120; number += 1) {
				f.xero.put('Quotes', { id: guid(number), updatedAt: f.now() - DAY, members: {} });
			}
			const id = await f.stream('quote');

			await turn();

			const { stream, lastRun } = await one(id);
			expect(runProgress(stream, lastRun, f.now())).toMatchObject({
				total: null,
				secondsLeft: null,
			});
		});

		it('is under way no more once it has ended', async () => {
			put('Contacts', 3);
			const id = await f.stream('contact');

			await f.runDue();

			const { stream, lastRun } = await one(id);
			expect(stream.total).toBeNull();
			expect(runProgress(stream, lastRun, f.now())).toBeNull();
		});
	});

	describe('after a count', () => {
		it('tells the last one that compared, whatever ran since', async () => {
			put('Contacts', 3);
			const id = await f.stream('contact');
			await f.runDue();
			expect((await one(id)).lastCount).toBeNull();
			f.advance(DAY + 60_000);
			await f.runDue();
			f.advance(HOUR + 60_000);

			await f.runDue();

			const { lastRun, lastCount } = await one(id);
			expect(lastRun).toMatchObject({ kind: 'delta' });
			expect(lastCount).toMatchObject({ kind: 'count', missing: 0 });
		});
	});

	describe('that found very much gone', () => {
		async function held() {
			put('Contacts', 60);
			const id = await f.stream('contact');
			await f.runDue();
			f.xero.listOf('Contacts').clear();
			f.advance(60_000);
			await f.streams.run(f.workspace.id, id, 'sweep', { mayDelete: false });
			await f.runDue();
			return id;
		}

		it('asks, and goes on asking while other runs go well', async () => {
			const id = await held();
			f.advance(HOUR + 60_000);

			await f.runDue();

			expect((await one(id)).held).toMatchObject({ status: 'failed', missing: -60 });
		});

		it('asks no more once a person has said that it is gone', async () => {
			const id = await held();

			await f.streams.run(f.workspace.id, id, 'sweep', { mayDelete: true });
			await f.runDue();

			expect((await one(id)).held).toBeNull();
		});
	});

	describe('for a subscription', () => {
		it('is what it compares with, and nothing where it compares nothing', async () => {
			await f.stream('contact');

			const named = async (events: string[], changed?: string[]) =>
				(await baselinesOf({ events, tenantIds: [], filter: changed ? { changed } : null })).map(
					({ entity }) => entity,
				);

			expect(await named(['invoice.created', 'contact.updated', '*', 'raw'])).toEqual([]);
			expect(await named(['invoice.paid', 'bill.voided', 'contact.updated'])).toEqual(['invoice']);
			expect(await named(['item.deleted'])).toEqual(['item']);
			expect(await named(['contact.updated'], ['Name'])).toEqual(['contact']);
			expect(await baselinesOf({ ...ofInvoices, tenantIds: [guid(77)] })).toEqual([]);
		});

		it('costs what Xero says, before anything was read', async () => {
			put('Invoices', 2_100);
			await f.stream('invoice');

			const unasked = await baselinesOf(ofInvoices);
			const [asked] = await baselinesOf(ofInvoices, { asksXero: true });

			expect(unasked).toEqual([
				{
					...{ tenantId: TENANT, entity: 'invoice', state: 'due' },
					estimate: { records: null, calls: null, bytes: null },
				},
			]);
			expect(asked?.estimate).toMatchObject({ records: 2_100, calls: 3 });
			expect(asked?.estimate.bytes).toBeGreaterThan(2_100 * 50);
			const { budget } = await f.dayPlans.of(f.connectionId);
			expect(budget.usedCalls).toBe(1);
		});

		it('is running, then done, with what it took', async () => {
			put('Invoices', 130);
			await f.stream('invoice');
			await turn();

			const [running] = await baselinesOf(ofInvoices, { asksXero: true });
			await f.runDue();
			const [done] = await baselinesOf(ofInvoices, { asksXero: true });

			expect(running).toMatchObject({ state: 'running', estimate: { records: 130, calls: 1 } });
			expect(done).toMatchObject({ state: 'done', estimate: { records: 130, calls: 1 } });
			const perRecord = (done?.estimate.bytes ?? 0) / (running?.estimate.bytes ?? 1);
			expect(perRecord).toBeGreaterThan(0.8);
			expect(perRecord).toBeLessThan(1.3);
		});

		it('is off where nobody reads it', async () => {
			const nobody = await baselinesOf(ofInvoices, { asksXero: true });
			expect(nobody).toMatchObject([{ state: 'off', estimate: { records: null } }]);
			expect(f.xero.calls).toEqual([]);
			const id = await f.stream('invoice');
			await f.streams.change(f.workspace.id, id, { enabled: false });
			expect(await baselinesOf(ofInvoices)).toMatchObject([{ state: 'off' }]);
			await f.streams.change(f.workspace.id, id, { enabled: true });
			expect(await baselinesOf(ofInvoices)).toMatchObject([{ state: 'due' }]);
			await f.db.updateTable('connections').set({ sync_enabled: 0 }).execute();

			expect(await baselinesOf(ofInvoices)).toMatchObject([{ state: 'off' }]);
		});

		it('stays unmeasured where Xero does not answer', async () => {
			await f.stream('invoice');
			f.xero.beforeEach(() => {
				throw new XeroConnectionFailedError(false);
			});

			const [asked] = await baselinesOf(ofInvoices, { asksXero: true });

			expect(asked?.estimate).toEqual({ records: null, calls: null, bytes: null });
		});
	});

	describe('beside the quota of syncs', () => {
		it('is made for a subscription all or not at all', async () => {
			await begin();
			const events = ['invoice.paid', 'contact.archived', 'quote.accepted'];
			const wish = { events, tenantIds: [], filter: null };

			const refused = serveSubscription(f.serving(2), f.workspace.id, wish, f.now());

			await expect(refused).rejects.toMatchObject({ code: 'quota_reached', limit: 2 });
			expect(await f.streams.count(f.workspace.id)).toBe(0);
			await serveSubscription(f.serving(3), f.workspace.id, wish, f.now());
			await serveSubscription(f.serving(3), f.workspace.id, wish, f.now());
			expect(await f.streams.count(f.workspace.id)).toBe(3);
		});

		it('begins by itself as far as there is room', async () => {
			await f.subscribe(['quote.accepted']);
			await begin();

			await beginStreams(f.serving(2), f.now());

			expect(await f.streams.count(f.workspace.id)).toBe(2);
		});
	});

	it('is shared with workflows: what is planned, and what others have used', async () => {
		await f.stream('contact');
		await f.runDue();

		const { planned, xeroCallsADay, workflowCalls, budget } = await f.dayPlans.of(f.connectionId);

		expect(xeroCallsADay).toBe(1_000);
		expect(budget.callsADay).toBe(500);
		expect(planned.callsADay).toBe(26);
		expect(planned.bytesADay).toBeGreaterThan(0);
		expect(workflowCalls).toBeNull();
	});
});
