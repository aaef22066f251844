import { createAttemptDelivery } from '../../hub-server/src/relay/attemptDelivery';
import { NOT_ASKED_FOR } from '../../hub-server/src/subscriptions/matchEvent';
import { ENGINES } from '../support/freshLedger';
import { anEvent, CLAIM, ledgerFixture, type LedgerFixture } from './ledgerFixture';

const FAILED = { kind: 'retry', delayMs: 1_000 } as const;
const SURE = { classified: true };
const UNSURE = { classified: false };

describe.each(ENGINES)('what a delivery is called on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const anInvoice = () => anEvent({ eventCategory: 'INVOICE' });

	async function claimOne() {
		const [delivery] = await f.deliveries.claim({ ...CLAIM, limit: 1 });
		if (!delivery) throw new Error('nothing was due');
		return delivery;
	}

	/** The next attempt of what has just failed once more. */
	async function claimAgain(delivery: Awaited<ReturnType<typeof claimOne>>) {
		await f.deliveries.finish(delivery, FAILED);
		f.advance(1_000);
		return claimOne();
	}

	/** Reads the record of the one event that waits for it. */
	async function readRecord(record: Record<string, unknown>) {
		f.advance(250);
		const [event] = await f.records.claim({ limit: 10, leaseMs: 60_000 });
		if (!event) throw new Error('no event waits for its record');
		await f.records.finish([{ event, outcome: { kind: 'ready', record } }]);
	}

	const storedTypes = async () =>
		(
			await f.db.selectFrom('deliveries').select(['type', 'classified']).orderBy('id').execute()
		).map(({ type, classified }) => [type, classified]);

	it('is decided when it is planned', async () => {
		await f.subscribe(['contact.updated']);

		await f.accept([anEvent()]);

		expect(await storedTypes()).toEqual([['contact.updated', 1]]);
		expect((await claimOne()).named).toEqual({ type: 'contact.updated', ...SURE });
	});

	it('is decided by the record where it waits for that', async () => {
		await f.subscribe(['bill.updated']);
		await f.accept([anInvoice()]);
		expect(await storedTypes()).toEqual([[null, null]]);

		await readRecord({ Type: 'ACCPAY' });

		expect(await storedTypes()).toEqual([['bill.updated', 1]]);
		expect((await claimOne()).named).toEqual({ type: 'bill.updated', ...SURE });
	});

	it('stays the same at every attempt, whatever becomes known meanwhile', async () => {
		await f.subscribe(['*'], { url: 'https://n8n.example.com/all' });
		await f.subscribe(['bill.updated'], { url: 'https://n8n.example.com/bills' });
		await f.accept([anInvoice()]);
		const first = await claimOne();

		await readRecord({ Type: 'ACCPAY' });
		await f.deliveries.finish(first, FAILED);
		f.advance(1_000);
		const due = await f.deliveries.claim(CLAIM);

		expect(first.named).toEqual({ type: 'invoice.updated', ...UNSURE });
		expect(due.map(({ named }) => named?.type).sort()).toEqual(['bill.updated', 'invoice.updated']);
	});

	it('is decided at the first claim where an older version planned the delivery, once', async () => {
		await f.subscribe(['*'], { url: 'https://n8n.example.com/all' });
		await f.accept([anInvoice()]);
		await f.db.updateTable('deliveries').set({ type: null, classified: null }).execute();

		const first = await claimOne();
		await f.db
			.updateTable('events')
			.set({ record_state: 'ready', record: '{"Type":"ACCPAY"}' })
			.execute();
		const second = await claimAgain(first);

		expect([first.named, second.named]).toEqual([
			{ type: 'invoice.updated', ...UNSURE },
			{ type: 'invoice.updated', ...UNSURE },
		]);
	});

	it('follows a wish that was changed while the delivery waited for its turn', async () => {
		await f.subscribe(['contact.updated']);
		await f.accept([anEvent()]);

		await f.subscribe(['raw']);
		const asRaw = await claimOne();
		await f.subscribe(['payment.updated']);
		const unwanted = await claimAgain(asRaw);

		expect(asRaw.named).toEqual({ type: 'raw', ...SURE });
		expect(unwanted.named).toBeNull();
	});

	it('filters what is not asked for any more, and sends nothing', async () => {
		await f.subscribe(['contact.updated']);
		await f.accept([anEvent()]);
		await f.subscribe(['payment.updated']);
		const attempt = createAttemptDelivery({
			ledger: f.deliveries,
			secrets: f.secrets,
			targets: {
				dispatcherFor: () => {
					throw new Error('It was to be sent.');
				},
			},
			now: f.now,
			random: Math.random,
		});

		await attempt(await claimOne());

		const { items } = await f.reader.deliveries(f.workspace.id, { limit: 10 });
		expect(items.map(({ status, reason }) => [status, reason])).toEqual([
			['filtered', NOT_ASKED_FOR],
		]);
	});

	it('does not change when the same wish is told again', async () => {
		await f.subscribe(['contact.updated']);
		await f.accept([anEvent()]);

		await f.subscribe(['contact.updated']);

		expect(await storedTypes()).toEqual([['contact.updated', 1]]);
	});

	it('is decided anew for a replay, by the wish and the record of today', async () => {
		await f.subscribe(['*']);
		await f.accept([anInvoice()]);
		const first = await claimOne();
		await f.deliveries.finish(first, { kind: 'delivered' });
		await f.db
			.updateTable('events')
			.set({ record_state: 'ready', record: '{"Type":"ACCPAY"}' })
			.execute();

		await f.replays.replayDelivery(f.workspace.id, first.id);
		const again = await claimOne();
		await f.deliveries.finish(again, { kind: 'delivered' });
		await f.subscribe(['invoice.updated']);
		f.advance(1);
		const range = { since: 0, until: f.now() + 1 };
		const replayed = await f.replayRange(range);

		expect(again.named).toEqual({ type: 'bill.updated', ...SURE });
		expect(replayed).toMatchObject({ deliveries: 0, made: 0 });
		const { items } = await f.reader.deliveries(f.workspace.id, { limit: 1 });
		expect(items[0]).toMatchObject({ status: 'filtered', reason: NOT_ASKED_FOR });
	});

	it('is what a person is shown: the body under the decided type, or none', async () => {
		const { id: subscription } = await f.subscribe(['contact.updated']);
		await f.accept([anEvent()]);
		const { id } = await claimOne();
		const bodyOf = (workspaceId: string) => f.reader.body(workspaceId, id);

		expect(await bodyOf(f.workspace.id)).toMatchObject({
			type: 'contact.updated',
			workspace: 'acme',
			resource: { entity: 'contact' },
		});
		expect(await bodyOf('another workspace')).toBeUndefined();
		await f.subscriptions.discard(f.workspace.id, subscription);
		expect(await bodyOf(f.workspace.id)).toBeUndefined();
	});
});
