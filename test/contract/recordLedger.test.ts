import { ENGINES } from '../support/freshLedger';
import {
	anEvent,
	CLAIM,
	ledgerFixture,
	NOTHING_IN_FLIGHT,
	OTHER_TENANT,
	TENANT,
	type LedgerFixture,
} from './ledgerFixture';

const READ = { limit: 100, leaseMs: 60_000 };

describe.each(ENGINES)('record ledger on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const claimAfterCoalescing = async () => {
		f.advance(250);
		return f.records.claim(READ);
	};
	const statuses = async () =>
		(await f.reader.deliveries(f.workspace.id, { limit: 10 })).items
			.map(({ status }) => status)
			.sort();

	it('waits a moment for the rest of a burst, then gives it whole', async () => {
		await f.subscribe(['contact.updated'], { hydrate: true });
		await f.accept([anEvent()]);
		await f.accept([anEvent()]);

		const atOnce = await f.records.claim(READ);
		const together = await claimAfterCoalescing();

		expect(atOnce).toEqual([]);
		expect(together).toHaveLength(2);
	});

	it('releases the delivery with its record', async () => {
		await f.subscribe(['contact.updated'], { hydrate: true });
		await f.accept([anEvent()]);
		const [event] = await claimAfterCoalescing();
		if (!event) throw new Error('nothing to read');

		await f.records.finish([{ event, outcome: { kind: 'ready', record: { Name: 'Ann' } } }]);

		const [delivery] = await f.deliveries.claim(CLAIM);
		expect(delivery?.event.record).toEqual({ Name: 'Ann' });
	});

	it('filters the bill out of a subscription to sales invoices, and only there', async () => {
		await f.subscribe(['invoice.updated'], { url: 'https://n8n.example.com/sales' });
		await f.subscribe(['bill.updated'], { url: 'https://n8n.example.com/bills' });
		await f.accept([anEvent({ eventCategory: 'INVOICE' })]);
		const [event] = await claimAfterCoalescing();
		if (!event) throw new Error('nothing to read');

		await f.records.finish([{ event, outcome: { kind: 'ready', record: { Type: 'ACCPAY' } } }]);

		expect(await statuses()).toEqual(['filtered', 'pending']);
	});

	it('lets the delivery go without a record that will not be read', async () => {
		await f.subscribe(['invoice.updated']);
		await f.accept([anEvent({ eventCategory: 'INVOICE' })]);
		const [event] = await claimAfterCoalescing();
		if (!event) throw new Error('nothing to read');

		await f.records.finish([{ event, outcome: { kind: 'unavailable' } }]);

		expect(await statuses()).toEqual(['pending']);
	});

	it('asks again later when Xero cannot answer now', async () => {
		await f.subscribe(['contact.updated'], { hydrate: true });
		await f.accept([anEvent()]);
		const [event] = await claimAfterCoalescing();
		if (!event) throw new Error('nothing to read');
		await f.records.finish([{ event, outcome: { kind: 'retry', delayMs: 1_000 } }]);

		const early = await f.records.claim(READ);
		f.advance(1_000);
		const due = await f.records.claim(READ);

		expect(early).toEqual([]);
		expect(due.map(({ id, attempt }) => [id, attempt])).toEqual([[event.id, 2]]);
	});

	it('counts a read when it was made: readers that die use none up', async () => {
		await f.subscribe(['contact.updated'], { hydrate: true });
		await f.accept([anEvent()]);
		for (let crash = 0; crash < 10; crash += 1) {
			await claimAfterCoalescing();
			f.advance(60_001);
		}

		expect(await f.records.claim(READ)).toMatchObject([{ attempt: 1 }]);
	});

	it('gives each organisation its turn, whatever waits for the others', async () => {
		await f.subscribe(['contact.updated'], { hydrate: true });
		await f.accept(Array.from({ length: 30 }, () => anEvent()));
		f.advance(1);
		await f.accept([anEvent({ tenantId: OTHER_TENANT })]);
		f.advance(250);
		const few = { limit: 5, leaseMs: 60_000 };

		const claimed = await f.records.claim(few);
		const held = (id: string) => (id === `${f.workspace.id} ${TENANT}` ? 1 : 0);
		const slots = { free: 10, limit: 10, inFlight: { ...NOTHING_IN_FLIGHT, held } };
		const whileRead = await f.records.claim({ ...few, slots });

		expect(claimed.map(({ tenantId }) => tenantId)).toEqual(
			expect.arrayContaining([...Array.from({ length: 5 }, () => TENANT), OTHER_TENANT]),
		);
		expect(claimed).toHaveLength(6);
		expect(whileRead).toEqual([]);
		expect(await f.records.claim(few)).toHaveLength(5);
	});

	it('changes nothing for a reader that has lost its lease', async () => {
		await f.subscribe(['contact.updated'], { hydrate: true });
		await f.accept([anEvent()]);
		const [slow] = await claimAfterCoalescing();
		if (!slow) throw new Error('nothing to read');
		f.advance(60_001);
		await f.records.claim(READ);

		await f.records.finish([{ event: slow, outcome: { kind: 'unavailable' } }]);

		expect(await statuses()).toEqual(['waiting']);
	});

	it('reads the record when a replay needs one that was never read', async () => {
		await f.accept([anEvent({ eventCategory: 'INVOICE' })]);
		await f.subscribe(['bill.updated']);

		await f.replayRange({ since: f.now(), until: f.now() + 1 });

		expect(await statuses()).toEqual(['waiting']);
		expect(await f.records.claim(READ)).toHaveLength(1);
	});
});
