import { byIndexOnly } from '../../hub-server/src/relay/byIndexOnly';
import { oldestDueAt } from '../../hub-server/src/relay/dueQueues';
import { createReplayLedger } from '../../hub-server/src/relay/replayLedger';
import type { Ring } from '../../hub-server/src/work/Doorbell';
import { ENGINES } from '../support/freshLedger';
import { anEvent, ledgerFixture, type LedgerFixture } from './ledgerFixture';

/** Whoever makes deliveries due says which: they are what the doorbell rings for. */
describe.each(ENGINES)('deliveries that become due on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const pending = async (): Promise<Ring[]> => {
		const rows = await f.db
			.selectFrom('deliveries')
			.select(['id', 'attempt'])
			.where('status', '=', 'pending')
			.execute();
		return rows.map(({ id, attempt }) => ({ deliveryId: id, attempt: attempt + 1 }));
	};
	const sorted = (rings: readonly Ring[]) =>
		rings.toSorted((a, b) => a.deliveryId.localeCompare(b.deliveryId));

	it('are told by routing, without those that wait for a record', async () => {
		await f.subscribe(['invoice.updated'], { url: 'https://n8n.example.com/waits' });
		await f.subscribe(['*'], { url: 'https://n8n.example.com/all' });

		const routed = await f.accept([anEvent({ eventCategory: 'INVOICE' }), anEvent()]);

		expect(routed.newDeliveries).toBe(3);
		expect(routed.due).toHaveLength(2);
		expect(sorted(routed.due)).toEqual(sorted(await pending()));
		expect((await f.route(100)).due).toEqual([]);
	});

	it('are told by the reading of records, without those that turn out not to match', async () => {
		await f.subscribe(['invoice.updated'], { url: 'https://n8n.example.com/sales' });
		await f.subscribe(['bill.updated'], { url: 'https://n8n.example.com/bills' });
		await f.accept([anEvent({ eventCategory: 'INVOICE' })]);
		f.advance(250);
		const [event] = await f.records.claim({ limit: 1, leaseMs: 60_000 });
		if (!event) throw new Error('nothing to read');

		const later = await f.records.finish([{ event, outcome: { kind: 'retry', delayMs: 0 } }]);
		const [again] = await f.records.claim({ limit: 1, leaseMs: 60_000 });
		if (!again) throw new Error('nothing to read again');
		const bill = { kind: 'ready', record: { Type: 'ACCPAY' } } as const;
		const released = await f.records.finish([{ event: again, outcome: bill }]);
		const lost = await f.records.finish([{ event, outcome: bill }]);

		expect(released).toHaveLength(1);
		expect(released).toEqual(await pending());
		expect([later, lost]).toEqual([[], []]);
	});

	it('are told by replays', async () => {
		await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent()]);
		const [first] = await pending();
		await f.db.updateTable('deliveries').set({ status: 'delivered' }).execute();
		const told: Ring[] = [];
		const replays = createReplayLedger({
			db: f.db,
			engine,
			now: f.now,
			onDue: (due) => told.push(...due),
		});

		const { id } = await replays.replayDelivery(f.workspace.id, first?.deliveryId ?? '');
		expect(told).toEqual([{ deliveryId: id, attempt: 1 }]);
		await f.db
			.updateTable('deliveries')
			.set({ next_at: f.now() + 60_000 })
			.execute();
		await replays.start(f.workspace.id, { since: 0, until: f.now() + 1 });

		// The one that is under way is due sooner, and not a second time.
		expect(told).toHaveLength(3);
		expect(told.slice(1)).toContainEqual(told[0]);
		expect(sorted(told.slice(1))).toEqual(sorted(await pending()));
	});

	it('are as old as the oldest that could go out now', async () => {
		const age = async () => {
			const since = await byIndexOnly(f.db, engine, (on) => oldestDueAt(on, engine, f.now()));
			return since === undefined ? undefined : f.now() - since;
		};
		const none = await age();
		await f.subscribe(['*'], { url: 'https://n8n.example.com/one' });
		const paused = await f.subscribe(['*'], { url: 'https://n8n.example.com/paused' });
		await f.accept([anEvent()]);
		const now = f.now();
		await f.db
			.updateTable('deliveries')
			.set((e) => ({
				next_at: e
					.case()
					.when('subscription_id', '=', paused.id)
					.then(now - 90_000)
					.else(now - 30_000)
					.end(),
			}))
			.execute();
		const both = await age();
		await f.db
			.updateTable('subscriptions')
			.set({ paused_until: now + 60_000 })
			.where('id', '=', paused.id)
			.execute();
		const withoutPaused = await age();
		await f.db
			.updateTable('deliveries')
			.set({ next_at: now + 1 })
			.execute();

		expect([none, both, withoutPaused, await age()]).toEqual([
			undefined,
			90_000,
			30_000,
			undefined,
		]);
	});
});
