import { createKeepRead } from '../../hub-server/src/relay/keepRead';
import { createRecordLedger } from '../../hub-server/src/relay/recordLedger';
import { NOT_SEEN_TO_BECOME } from '../../hub-server/src/subscriptions/matchEvent';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { anEvent } from './ledgerFixture';
import { syncFixture, type SyncFixture } from './syncFixture';

const HOUR = 3600_000;

describe.each(ENGINES)('derived events on %s', (engine) => {
	let f: SyncFixture;
	beforeEach(async () => {
		f = await syncFixture(engine);
	});
	afterEach(() => f.close());

	const id = guid(1);
	let invoice: Record<string, unknown>;
	/** The invoice as it stands at Xero from now on. @returns the time of its change */
	function change(members: Record<string, unknown>, at = f.now()) {
		invoice = { ...invoice, ...members };
		invoice = { ...invoice, InvoiceID: id, UpdatedDateUTC: `/Date(${at}+0000)/` };
		f.xero.put('Invoices', { id, updatedAt: at, members: invoice });
		return at;
	}
	/** It is there, and known. */
	async function baseline(members: Record<string, unknown> = {}) {
		invoice = { Type: 'ACCREC', Status: 'AUTHORISED', Total: 100, SentToContact: false };
		change(members, f.now() - HOUR);
		await f.stream('invoice');
		await f.runDue();
		f.advance(HOUR);
	}
	const webhook = (at: number, eventType = 'UPDATE') =>
		f.accept([
			anEvent({
				resourceId: id,
				eventCategory: 'INVOICE',
				eventType,
				eventDateUtc: new Date(at + 100).toISOString().slice(0, -1),
			}),
		]);
	const recordLedger = () =>
		createRecordLedger({
			db: f.db,
			engine,
			now: f.now,
			keepRead: createKeepRead({ recordSealOf: f.recordSealOf, keepsRecords: true }),
		});
	/** Xero answers what waits for its record. */
	async function read(kind: 'ready' | 'unavailable' = 'ready') {
		f.advance(250);
		const ledger = recordLedger();
		const claimed = await ledger.claim({ limit: 100, leaseMs: 60_000 });
		const outcome = kind === 'ready' ? { kind, record: invoice } : { kind };
		await ledger.finish(claimed.map((event) => ({ event, outcome })));
		return claimed.length;
	}
	async function sync() {
		f.advance(HOUR);
		await f.runDue();
	}
	/** What the subscription got, oldest first. */
	async function got(subscriptionId: string) {
		const rows = await f.db
			.selectFrom('deliveries')
			.select(['type', 'status'])
			.where('subscription_id', '=', subscriptionId)
			.orderBy('id')
			.execute();
		return rows.filter(({ status }) => status !== 'filtered').map(({ type }) => type);
	}
	const types = async () =>
		(await f.db.selectFrom('events').select('types').orderBy('id').execute()).map(
			(row) => JSON.parse(row.types ?? 'null') as unknown,
		);
	const PAID = { Status: 'PAID', AmountDue: 0 };

	describe('"on invoice paid"', () => {
		it('is told by the webhook, once, and not again when the paid invoice is edited', async () => {
			await baseline();
			const paid = await f.subscribe(['invoice.paid']);
			await webhook(change(PAID));
			await read();
			await sync();
			await webhook(change({ Reference: 'edited' }));
			await read();
			await sync();

			expect(await got(paid.id)).toEqual(['invoice.paid']);
			expect(await types()).toEqual([['invoice.paid', 'invoice.updated'], ['invoice.updated']]);
		});

		it('is told by the sync, once, where no webhook came', async () => {
			await baseline();
			const paid = await f.subscribe(['invoice.paid']);
			change(PAID);
			await sync();
			change({ Reference: 'edited' });
			await sync();

			expect(await got(paid.id)).toEqual(['invoice.paid']);
			expect(await types()).toEqual([['invoice.paid', 'invoice.updated'], ['invoice.updated']]);
		});

		it('is told once where the sync comes before the webhook', async () => {
			await baseline();
			const paid = await f.subscribe(['invoice.paid']);
			const at = change(PAID);
			f.advance(60_000);
			await sync();
			await webhook(at);
			await read();

			expect(await got(paid.id)).toEqual(['invoice.paid']);
		});

		it('is told once where the sync comes between the webhook and its read', async () => {
			await baseline();
			const paid = await f.subscribe(['invoice.paid']);
			await webhook(change(PAID));
			f.advance(60_000);
			await sync();
			await read();

			expect(await got(paid.id)).toEqual(['invoice.paid']);
			expect(await types()).toEqual([['invoice.paid', 'invoice.updated']]);
		});

		it('is told once where two webhooks came before either was read', async () => {
			await baseline();
			const paid = await f.subscribe(['invoice.paid']);
			await webhook(change({ Reference: 'edited' }));
			f.advance(500);
			await webhook(change(PAID));
			await read();

			expect(await got(paid.id)).toEqual(['invoice.paid']);
		});

		it('is told once where two webhooks came and the sync read the change before them', async () => {
			await baseline();
			const paid = await f.subscribe(['invoice.paid']);
			const at = change(PAID);
			await webhook(at);
			await webhook(at + 500);
			f.advance(60_000);
			await sync();
			await read();

			expect(await got(paid.id)).toEqual(['invoice.paid']);
		});

		it('loses no step where the sync read one and the webhook the next', async () => {
			await baseline({ Status: 'DRAFT' });
			const steps = await f.subscribe(['invoice.authorised', 'invoice.paid']);
			await webhook(change({ Status: 'AUTHORISED' }));
			f.advance(60_000);
			await sync();
			change(PAID);
			await read();

			expect(await got(steps.id)).toEqual(['invoice.paid']);
			expect(await types()).toEqual([['invoice.paid', 'invoice.authorised', 'invoice.updated']]);
		});

		it('is told once by two who read two webhooks at the same moment', async () => {
			await baseline();
			const paid = await f.subscribe(['invoice.paid']);
			const at = change(PAID);
			await webhook(at);
			await webhook(at + 500);
			f.advance(250);
			const ledgers = [recordLedger(), recordLedger()];
			const first = await ledgers[0]!.claim({ limit: 1, leaseMs: 60_000 });
			const second = await ledgers[1]!.claim({ limit: 1, leaseMs: 60_000 });
			const outcome = { kind: 'ready', record: invoice } as const;

			await Promise.all([
				ledgers[0]!.finish(first.map((event) => ({ event, outcome }))),
				ledgers[1]!.finish(second.map((event) => ({ event, outcome }))),
			]);

			expect([first.length, second.length]).toEqual([1, 1]);
			expect(await got(paid.id)).toEqual(['invoice.paid']);
		});

		it('is no bill that was paid', async () => {
			await baseline({ Type: 'ACCPAY' });
			const invoices = await f.subscribe(['invoice.paid'], { url: 'https://n8n.example.com/a' });
			const bills = await f.subscribe(['bill.paid'], { url: 'https://n8n.example.com/b' });
			await webhook(change(PAID));
			await read();

			expect(await got(invoices.id)).toEqual([]);
			expect(await got(bills.id)).toEqual(['bill.paid']);
		});

		it('tells nothing of what was paid before the first run', async () => {
			const paid = await f.subscribe(['invoice.paid']);
			await baseline(PAID);
			await webhook(change({ Reference: 'edited' }));
			await read();

			expect(await got(paid.id)).toEqual([]);
		});

		it('says why nothing came where nothing was known before', async () => {
			invoice = { Type: 'ACCREC', Status: 'AUTHORISED' };
			await f.connections.setSyncs(f.workspace.id, f.connectionId, false);
			await f.subscribe(['invoice.paid']);
			await webhook(change(PAID));
			await read();

			const [delivery] = await f.db.selectFrom('deliveries').select(['status', 'reason']).execute();
			expect(delivery).toEqual({ status: 'filtered', reason: NOT_SEEN_TO_BECOME });
		});

		it('goes out as what is certain, where the record cannot be read', async () => {
			await baseline();
			const paid = await f.subscribe(['invoice.paid']);
			await webhook(change(PAID));
			await read('unavailable');

			expect(await got(paid.id)).toEqual(['invoice.updated']);
			expect(await f.claimOne()).toMatchObject({ named: { classified: false } });
		});

		it('needs no copies of records', async () => {
			await f.close();
			f = await syncFixture(engine, { keepsRecords: false });
			await baseline();
			const told = await f.subscribe(['invoice.paid', 'invoice.sent']);
			change({ SentToContact: true });
			await sync();
			change(PAID);
			await sync();
			change({ Reference: 'edited' });
			await sync();

			expect(await got(told.id)).toEqual(['invoice.sent', 'invoice.paid']);
		});
	});

	it('are one delivery, of the most telling type that was asked for', async () => {
		await baseline({ Status: 'DRAFT' });
		const all = await f.subscribe(['*', 'invoice.updated', 'invoice.authorised', 'invoice.paid']);
		await webhook(change(PAID));
		await read();
		await sync();

		expect(await got(all.id)).toEqual(['invoice.paid']);
	});

	it('are left to the next event by one that a sync had told to some', async () => {
		await baseline({ Status: 'DRAFT' });
		const paid = await f.subscribe(['invoice.updated', 'invoice.paid'], {
			url: 'https://n8n.example.com/a',
		});
		const at = change({ Status: 'AUTHORISED' });
		f.advance(60_000);
		await sync();
		// It did not get the sync's event, so the webhook of the same change is read for it.
		await f.subscribe(['raw'], { url: 'https://n8n.example.com/b', hydrate: true });
		await webhook(at);
		const paidAt = change(PAID);
		await read();
		await webhook(paidAt);
		await read();

		expect(await got(paid.id)).toEqual(['invoice.updated', 'invoice.paid']);
	});

	it('tell of an invoice that is new', async () => {
		await baseline();
		const sub = await f.subscribe(['invoice.authorised']);
		f.xero.put('Invoices', {
			id: guid(2),
			updatedAt: f.now(),
			members: { Type: 'ACCREC', Status: 'AUTHORISED' },
		});
		await sync();

		expect(await got(sub.id)).toEqual(['invoice.authorised']);
	});
});

describe.each(ENGINES)('deletions on %s', (engine) => {
	let f: SyncFixture;
	beforeEach(async () => {
		f = await syncFixture(engine);
	});
	afterEach(() => f.close());

	it('of a payment are told once: when it becomes DELETED, not when it is gone', async () => {
		const put = (number: number, Status: string, updatedAt: number) =>
			f.xero.put('Payments', { id: guid(number), updatedAt, members: { Status, Amount: 5 } });
		put(1, 'AUTHORISED', f.now() - HOUR);
		put(2, 'AUTHORISED', f.now() - HOUR);
		put(3, 'AUTHORISED', f.now() - HOUR);
		const stream = await f.stream('payment');
		await f.runDue();
		const sub = await f.subscribe(['payment.deleted']);
		f.advance(HOUR);
		put(1, 'DELETED', f.now());
		f.advance(HOUR);
		await f.runDue();
		f.xero.listOf('Payments').delete(guid(1));
		f.xero.listOf('Payments').delete(guid(2));
		await f.streams.run(f.workspace.id, stream, 'sweep', { mayDelete: true });
		await f.runDue();
		f.advance(HOUR);
		put(2, 'DELETED', f.now());
		f.advance(HOUR);
		await f.runDue();

		expect(await f.handed(sub.id)).toEqual([guid(1), guid(2)]);
	});
});
