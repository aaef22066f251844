import { forgetBaselines } from '../../hub-server/src/sync/forgetBaselines';
import { serveSubscription } from '../../hub-server/src/sync/serveSubscription';
import type { SubscriptionFilter } from '../../hub-server/protocol';
import { createKeepRead } from '../../hub-server/src/relay/keepRead';
import { createRecordLedger } from '../../hub-server/src/relay/recordLedger';
import { NOT_ASKED_FOR } from '../../hub-server/src/subscriptions/matchEvent';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { OTHER_TENANT } from './ledgerFixture';
import { syncFixture, type SyncFixture, type SyncFixtureOptions } from './syncFixture';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

/** 2 November 2026, 22:00 in Auckland, which is thirteen hours ahead. */
const TODAY = '2026-11-02';
const TOMORROW = '2026-11-03';

describe.each(ENGINES)('overdue events on %s', (engine) => {
	let f: SyncFixture;
	let calls: string[];

	async function start(options: SyncFixtureOptions = {}) {
		f = await syncFixture(engine, options);
		zone('NEWZEALANDSTANDARDTIME');
	}
	beforeEach(() => start());
	afterEach(() => f.close());

	function zone(Timezone: string) {
		const members = { OrganisationID: guid(99), Timezone };
		f.xero.put('Organisations', { id: guid(99), updatedAt: f.now(), members });
	}
	const standing = new Map<number, Record<string, unknown>>();
	/** How the invoice stands at Xero from now on. */
	function invoice(number: number, members: Record<string, unknown> = {}) {
		const id = guid(number);
		const former = standing.get(number) ?? { Type: 'ACCREC', Status: 'AUTHORISED', AmountDue: 100 };
		const now = { ...former, ...members, InvoiceID: id };
		standing.set(number, now);
		f.xero.put('Invoices', { id, updatedAt: f.now(), members: now });
	}
	const dueOn = (day: string) => ({ DueDate: `/Date(${Date.parse(`${day}T00:00:00Z`)}+0000)/` });
	beforeEach(() => standing.clear());

	let urls = 0;
	async function listen(filter: SubscriptionFilter | undefined, options: object = {}) {
		urls += 1;
		const url = `https://n8n.example.com/webhook/${urls}`;
		const wish = { url, ...(filter && { filter }), ...options };
		const one = await f.subscribe(['invoice.overdue', 'bill.overdue'], wish);
		await serveSubscription(f.serving(), f.workspace.id, one, f.now());
		return one.id;
	}
	/** The organisation is known, and the invoices that were there. */
	async function baseline() {
		const id = await f.stream('invoice');
		await f.runDue();
		f.advance(HOUR);
		return id;
	}
	async function pass(ms: number) {
		f.advance(ms);
		await f.runDue();
	}
	/** What the subscription got, as "<record> <type> <due date> <days>", in the order of the records. */
	async function got(subscriptionId: string) {
		const rows = await f.db
			.selectFrom('deliveries as d')
			.innerJoin('events as e', 'e.id', 'd.event_id')
			.select(['e.resource_id', 'e.original', 'd.type', 'd.status'])
			.where('d.subscription_id', '=', subscriptionId)
			.where('d.status', 'not in', ['filtered', 'cancelled'])
			.orderBy('e.event_date_utc')
			.orderBy('e.resource_id')
			.execute();
		return rows.map(({ resource_id: id, original, type }) => {
			const { data } = JSON.parse(original) as { data: Record<string, unknown> };
			return `${Number(id.slice(-12))} ${type} ${String(data['dueDate'])} ${String(data['overdueDays'])}`;
		});
	}

	it('are told once the day after the due date has begun in the organisation', async () => {
		invoice(1, dueOn(TODAY));
		invoice(2, { ...dueOn(TODAY), Type: 'ACCPAY' });
		invoice(3, dueOn(TOMORROW));
		await baseline();
		const one = await listen(undefined);

		await f.runDue();
		expect(await got(one)).toEqual([]);

		// 00:30 in Auckland, 11:30 UTC.
		await pass(90 * 60_000);
		expect(await got(one)).toEqual([`1 invoice.overdue ${TODAY} 1`, `2 bill.overdue ${TODAY} 1`]);

		await pass(DAY);
		await pass(DAY);
		expect(await got(one)).toHaveLength(3);
	});

	it('say when it was, what it is about, and that nothing was changed', async () => {
		invoice(1, dueOn(TODAY));
		await baseline();
		await listen(undefined, { hydrate: true });
		await pass(DAY);

		const stored = await f.db.selectFrom('events').selectAll().executeTakeFirstOrThrow();
		expect(stored).toMatchObject({
			...{ source: 'sync', category: 'INVOICE', resource_id: guid(1), changed: null },
			occurred_at: Date.parse(`${TODAY}T11:00:00Z`),
			types: '["invoice.overdue"]',
		});
		expect(JSON.parse(stored.record ?? '{}')).toMatchObject({ InvoiceID: guid(1) });
		expect(await f.claimOne()).toMatchObject({
			named: { type: 'invoice.overdue', classified: true },
		});
	});

	it.each([
		['a draft', { Status: 'DRAFT' }],
		['one that waits for approval', { Status: 'SUBMITTED' }],
		['one that is paid', { Status: 'PAID', AmountDue: 0 }],
		['one that nothing is owed of', { AmountDue: 0 }],
		['a void one', { Status: 'VOIDED' }],
		['a deleted one', { Status: 'DELETED' }],
		['one without a due date', { DueDate: undefined }],
		['one whose due date cannot be read', { DueDate: '/Date(never)/' }],
	])('are not told of %s', async (_, members) => {
		invoice(1, { ...dueOn(TODAY), ...members });
		await baseline();
		const one = await listen(undefined);
		await pass(DAY);

		expect(await got(one)).toEqual([]);
	});

	it('are not told of what was paid on the last day, though the hub hears of it only then', async () => {
		invoice(1, dueOn(TODAY));
		await baseline();
		const one = await listen(undefined);
		invoice(1, { Status: 'PAID', AmountDue: 0 });
		await pass(DAY);

		expect(await got(one)).toEqual([]);
	});

	it('are never told of what was overdue at the baseline', async () => {
		invoice(1, dueOn('2026-10-01'));
		invoice(2, dueOn('2026-11-01'));
		await listen(undefined);
		const one = await listen(undefined);
		await baseline();
		await pass(DAY);
		await pass(DAY);

		expect(await got(one)).toEqual([]);
	});

	it('give each subscription its own number of days', async () => {
		invoice(1, dueOn(TODAY));
		await baseline();
		const [usual, week, elsewhere] = [
			await listen(undefined),
			await listen({ overdueDays: 7 }),
			await listen({ overdueDays: 3 }, { tenantIds: [OTHER_TENANT] }),
		];
		for (let day = 1; day <= 9; day += 1) await pass(DAY);

		expect(await got(usual)).toEqual([`1 invoice.overdue ${TODAY} 1`]);
		expect(await got(week)).toEqual([`1 invoice.overdue ${TODAY} 7`]);
		expect(await got(elsewhere)).toEqual([]);
		expect(await f.told()).toHaveLength(2);
	});

	it('do not come to a workflow that takes changes of invoices only', async () => {
		invoice(1, dueOn(TODAY));
		await baseline();
		await listen(undefined);
		const changes = await f.subscribe(['invoice.updated'], { url: 'https://n8n.example.com/c' });
		const all = await f.subscribe(['*'], { url: 'https://n8n.example.com/all' });
		await pass(DAY);

		expect(await got(changes.id)).toEqual([]);
		expect(await got(all.id)).toEqual([`1 invoice.overdue ${TODAY} 1`]);
	});

	it('tell a new due date anew, and the same one once', async () => {
		invoice(1, dueOn(TODAY));
		await baseline();
		const one = await listen(undefined);
		await pass(DAY);
		invoice(1, dueOn('2026-11-04'));
		await pass(3 * DAY);
		invoice(1, dueOn(TODAY));
		await pass(HOUR);

		expect(await got(one)).toEqual([
			`1 invoice.overdue ${TODAY} 1`,
			'1 invoice.overdue 2026-11-04 1',
		]);
	});

	it('are told of what is approved, reopened or dated back only after its due date', async () => {
		invoice(1, { ...dueOn('2026-10-20'), Status: 'DRAFT' });
		invoice(2, { ...dueOn('2026-10-21'), Status: 'PAID', AmountDue: 0 });
		invoice(3, dueOn('2026-12-24'));
		await baseline();
		const one = await listen(undefined);
		await pass(HOUR);
		invoice(1, { Status: 'AUTHORISED' });
		invoice(2, { Status: 'AUTHORISED', AmountDue: 5 });
		invoice(3, dueOn('2026-10-22'));
		await pass(HOUR);
		await pass(DAY);

		expect(await got(one)).toEqual([
			'1 invoice.overdue 2026-10-20 1',
			'2 invoice.overdue 2026-10-21 1',
			'3 invoice.overdue 2026-10-22 1',
		]);
	});

	it('are told once of what was paid and reopened after it was told', async () => {
		invoice(1, dueOn(TODAY));
		await baseline();
		const one = await listen(undefined);
		await pass(DAY);
		invoice(1, { Status: 'PAID', AmountDue: 0 });
		await pass(DAY);
		invoice(1, { Status: 'AUTHORISED', AmountDue: 100 });
		await pass(DAY);

		expect(await got(one)).toEqual([`1 invoice.overdue ${TODAY} 1`]);
	});

	it('begin with the subscription, and go on where a new one takes its place', async () => {
		invoice(1, dueOn('2026-10-29'));
		invoice(2, dueOn('2026-10-30'));
		await baseline();
		await pass(3 * DAY);
		invoice(3, dueOn('2026-11-05'));
		const first = await listen({ overdueDays: 7 });
		await pass(DAY);
		expect(await got(first)).toEqual(['2 invoice.overdue 2026-10-30 7']);

		await f.subscriptions.discard(f.workspace.id, first);
		const second = await listen({ overdueDays: 7 });
		await pass(8 * DAY);
		expect(await got(second)).toEqual(['3 invoice.overdue 2026-11-05 7']);
	});

	it('do not tell a new workflow what became overdue while nobody listened and nothing ran', async () => {
		invoice(1, dueOn('2026-11-10'));
		const id = await baseline();
		const first = await listen(undefined);
		await pass(HOUR);
		await f.subscriptions.discard(f.workspace.id, first);
		await f.streams.change(f.workspace.id, id, { enabled: false });
		f.advance(30 * DAY);
		const second = await listen(undefined);
		await f.streams.change(f.workspace.id, id, { enabled: true });
		await pass(DAY);

		expect(await got(second)).toEqual([]);
	});

	it('catch up once after the hub was away for days', async () => {
		for (const number of [1, 2, 3]) invoice(number, dueOn(`2026-11-0${2 + number}`));
		await baseline();
		const one = await listen(undefined);
		await pass(6 * DAY);
		await pass(HOUR);

		expect(await got(one)).toHaveLength(3);
	});

	it('are told once each, in slices, though the hub is killed between any two', async () => {
		for (let number = 1; number <= 70; number += 1) invoice(number, dueOn(TODAY));
		await baseline();
		const one = await listen(undefined);
		f.advance(DAY);
		let [claimed] = await f.claim();
		let turns = 0;
		while (claimed !== undefined) {
			await f.runStep(claimed);
			// The same turn again: what a process does that was taken for dead.
			await f.runStep(claimed);
			turns += 1;
			[claimed] = await f.claim();
		}

		expect(turns).toBeGreaterThan(2);
		expect(await got(one)).toHaveLength(70);
		expect(await f.told()).toHaveLength(70);
	});

	it('are not told again after a restore', async () => {
		invoice(1, dueOn(TODAY));
		await baseline();
		const one = await listen(undefined);
		await f.runDue();
		// The backup was taken before it was told.
		f.advance(2 * DAY);
		await forgetBaselines(f.db, f.now());
		invoice(2, dueOn('2026-11-04'));
		await f.runDue();
		await pass(DAY);

		expect(await got(one)).toEqual(['2 invoice.overdue 2026-11-04 1']);
	});

	it('come with no call of their own but one a day for the time zone', async () => {
		invoice(1, dueOn(TODAY));
		const id = await baseline();
		await listen(undefined);
		await pass(HOUR);
		const first = await f.lastRun(id);
		await pass(HOUR);

		expect(first.calls).toBe(2);
		expect((await f.lastRun(id)).calls).toBe(1);
	});

	it('ask for no time zone where nobody listens', async () => {
		invoice(1, dueOn(TODAY));
		await baseline();
		await pass(HOUR);

		calls = f.xero.calls.map(({ path }) => path);
		expect(calls.filter((path) => path.includes('Organisation'))).toEqual([]);
	});

	it('are never early where the time zone is not known', async () => {
		zone('ATLANTISSTANDARDTIME');
		invoice(1, dueOn(TODAY));
		await baseline();
		const one = await listen(undefined);

		// 11:59 UTC: 23:59 of the day before where days begin last.
		await pass(DAY + 2 * HOUR - 60_000);
		expect(await got(one)).toEqual([]);

		await pass(HOUR);
		expect(await got(one)).toEqual([`1 invoice.overdue ${TODAY} 1`]);
	});

	it('follow the organisation when its time zone is another', async () => {
		zone('PACIFICSTANDARDTIME');
		invoice(1, dueOn(TODAY));
		await baseline();
		const one = await listen(undefined);
		await pass(HOUR);
		zone('NEWZEALANDSTANDARDTIME');
		await pass(DAY);
		await pass(DAY);

		expect(await got(one)).toEqual([`1 invoice.overdue ${TODAY} 1`]);
	});

	it('pass the filter by the record, and are not left out for what was not changed', async () => {
		invoice(1, { ...dueOn(TODAY), Total: 100 });
		invoice(2, { ...dueOn(TODAY), Total: 900 });
		await baseline();
		const one = await listen({ minTotal: 500, changed: ['Status'], causedByOthersOnly: true });
		await pass(DAY);

		expect(await got(one)).toEqual([`2 invoice.overdue ${TODAY} 1`]);
	});

	it('are found by a full read in what an earlier version of the hub has kept', async () => {
		invoice(1, dueOn(TODAY));
		invoice(2, dueOn('2026-10-01'));
		const id = await baseline();
		const empty = { due_day: null, due_entity: null, due_since: null };
		await f.db.updateTable('record_states').set(empty).execute();
		const one = await listen(undefined);
		await f.runDue();
		await f.streams.run(f.workspace.id, id, 'sweep', { mayDelete: false });
		await pass(DAY);

		expect(await got(one)).toEqual([`1 invoice.overdue ${TODAY} 1`]);
	});

	describe('where no copies of records are kept', () => {
		beforeEach(async () => {
			await f.close();
			await start({ keepsRecords: false });
		});
		/** Xero answers what waits for its record. */
		async function read() {
			f.advance(250);
			const ledger = createRecordLedger({
				...{ db: f.db, engine, now: f.now },
				keepRead: createKeepRead({ recordSealOf: f.recordSealOf, keepsRecords: false }),
			});
			const claimed = await ledger.claim({ limit: 100, leaseMs: 60_000 });
			await ledger.finish(
				claimed.map((event) => ({
					event,
					outcome: { kind: 'ready', record: standing.get(Number(event.resourceId.slice(-12)))! },
				})),
			);
			return claimed.length;
		}

		it('are told without a call', async () => {
			invoice(1, dueOn(TODAY));
			await baseline();
			const one = await listen({ overdueDays: 2 });
			await pass(2 * DAY);

			expect(await got(one)).toEqual([`1 invoice.overdue ${TODAY} 2`]);
			expect(await read()).toBe(0);
		});

		it('come with the record as Xero has it then, unless it was paid meanwhile', async () => {
			invoice(1, dueOn(TODAY));
			invoice(2, dueOn(TODAY));
			await baseline();
			const one = await listen(undefined, { hydrate: true });
			await pass(DAY);
			invoice(2, { Status: 'PAID', AmountDue: 0 });

			expect(await read()).toBe(2);
			expect(await got(one)).toEqual([`1 invoice.overdue ${TODAY} 1`]);
			const reasons = await f.db.selectFrom('deliveries').select('reason').execute();
			expect(reasons.map(({ reason }) => reason)).toContain(NOT_ASKED_FOR);
			const types = await f.db.selectFrom('events').select('types').execute();
			expect(types.map((row) => row.types)).toEqual(['["invoice.overdue"]', '["invoice.overdue"]']);
		});
	});

	it('are replayed as what they were', async () => {
		invoice(1, dueOn(TODAY));
		await baseline();
		const one = await listen(undefined);
		const week = await listen({ overdueDays: 7 });
		await pass(DAY);
		await f.replayRange({ since: 0, until: f.now() + 1, status: 'undelivered' } as never);

		expect(await got(one)).toEqual([`1 invoice.overdue ${TODAY} 1`]);
		expect(await got(week)).toEqual([]);
	});
});
