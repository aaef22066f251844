import { createAlertLedger } from '../../hub-server/src/alerts/alertLedger';
import { XeroRefusedError } from '../../hub-server/src/errors/xeroErrors';
import { findEntity } from '../../hub-server/src/records/xeroEntities';
import { bringBackStreams } from '../../hub-server/src/sync/bringBackStreams';
import { beginNewEpoch } from '../../hub-server/src/sync/streamLedger';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { anEvent, OTHER_TENANT, START, TENANT } from './ledgerFixture';
import { SYNC_LEASE_MS, syncFixture, type SyncFixture } from './syncFixture';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

describe.each(ENGINES)('sync on %s', (engine) => {
	let f: SyncFixture;
	beforeEach(async () => {
		f = await syncFixture(engine, { pageSize: 50 });
	});
	afterEach(() => f.close());

	/** Contacts 1 to n, a minute apart, the newest an hour ago. */
	function contacts(count: number) {
		for (let number = 1; number <= count; number += 1) {
			change(number, f.now() - HOUR - (count - number) * 60_000);
		}
	}
	function change(number: number, updatedAt = f.now(), name = `Contact ${number} of ${updatedAt}`) {
		f.xero.put('Contacts', {
			id: guid(number),
			updatedAt,
			members: { Name: name, ContactStatus: 'ACTIVE' },
		});
	}
	const alerts = () => createAlertLedger({ db: f.db, now: f.now }).listOpen(f.workspace.id);
	const record = (number: number) =>
		f.known.record(f.workspace.id, { tenantId: TENANT, entity: 'contact', id: guid(number) });
	const webhook = (number: number, at: number, type = 'UPDATE') =>
		f.accept([
			anEvent({
				resourceId: guid(number),
				eventType: type,
				eventDateUtc: new Date(at).toISOString().slice(0, -1),
			}),
		]);

	describe('the first run', () => {
		it('stores what is there, and tells none of five subscriptions', async () => {
			const urls = [1, 2, 3, 4, 5].map((n) => `https://n8n.example.com/webhook/${n}`);
			for (const url of urls) await f.subscribe(['*'], { url, hydrate: true });
			contacts(120);
			const id = await f.stream('contact');

			await f.runDue();

			expect(await f.told()).toEqual([]);
			expect(await f.lastRun(id)).toMatchObject({
				...{ isBaseline: true, status: 'succeeded', changed: 120, calls: 3 },
			});
			expect(await record(120)).toMatchObject({ status: 'ACTIVE', deleted: false });
		});

		it('tells what is there where that was asked for', async () => {
			await f.subscribe(['contact.created']);
			contacts(60);
			await f.stream('contact', { tellExisting: true });

			await f.runDue();

			expect(await f.told()).toHaveLength(60);
		});

		it('is the only one of its kind: what comes later is told', async () => {
			const subscription = await f.subscribe(['contact.created', 'contact.updated']);
			contacts(60);
			await f.stream('contact');
			await f.runDue();
			f.advance(HOUR);
			change(7);
			change(61);
			f.advance(60_000);

			await f.runDue();

			expect((await f.told()).sort()).toEqual([`${guid(61)} created`, `${guid(7)} updated`].sort());
			expect(await f.handed(subscription.id)).toEqual([guid(7), guid(61)]);
		});
	});

	describe('a list that ends before it has shown what it said', () => {
		let shows = false;
		beforeEach(async () => {
			await f.close();
			f = await syncFixture(engine, { pageSize: 100 });
			shows = false;
			for (let number = 1; number <= 350; number += 1) change(number, START - 60_000);
			// The index that serves If-Modified-Since is behind: whatever is asked for after the first page is empty.
			f.xero.beforeEach(() => {
				const isFirst = f.xero.calls.at(-1)?.since === undefined;
				for (const contact of [...f.xero.listOf('Contacts').values()]) {
					f.xero.put('Contacts', { ...contact, visibleAt: isFirst || shows ? 0 : Infinity });
				}
			});
		});

		it('is no first run: it is read again, and nothing is told of what it did not show', async () => {
			const subscription = await f.subscribe(['contact.created', 'contact.updated']);
			const id = await f.stream('contact');
			await f.runDue();
			const early = await f.streams.get(f.workspace.id, id);
			shows = true;
			f.advance(30_000);

			await f.runDue();

			expect(early.stream.baselineAt).toBeNull();
			expect(early.lastRun?.error).toContain('350 records, and its list ended after 100');
			expect((await f.streams.get(f.workspace.id, id)).stream).toMatchObject({ known: 350 });
			f.advance(HOUR);
			await f.runDue();
			expect(await f.handed(subscription.id)).toEqual([]);
		});

		it('fails after some tries, says so, and begins anew at its next turn', async () => {
			const id = await f.stream('contact');
			for (const seconds of [0, 30, 60, 300, 900]) {
				f.advance(seconds * 1_000);
				await f.runDue();
			}
			const failed = await f.lastRun(id);
			shows = true;
			f.advance(HOUR);

			await f.runDue();

			expect(failed).toMatchObject({ status: 'failed', calls: 10 });
			expect((await f.streams.get(f.workspace.id, id)).stream).toMatchObject({ known: 350 });
		});

		it('is no sweep either, and nothing of it is gone', async () => {
			shows = true;
			const id = await f.stream('contact');
			await f.runDue();
			f.advance(HOUR);
			shows = false;

			await f.streams.run(f.workspace.id, id, 'sweep', { mayDelete: true });
			await f.runDue();

			expect((await f.lastRun(id)).error).toContain('350 records');
			expect(await f.told()).toEqual([]);
			shows = true;
			f.advance(30_000);
			await f.runDue();
			expect(await f.told()).toEqual([]);
		});
	});

	it('asks once whether an organisation was reset, however much of it is new', async () => {
		await f.close();
		f = await syncFixture(engine, { pageSize: 100 });
		contacts(50);
		const id = await f.stream('contact');
		await f.runDue();
		f.advance(HOUR);
		for (let number = 1_001; number <= 1_400; number += 1) change(number, f.now() - number * 1_000);

		await f.runDue();

		expect(await f.lastRun(id)).toMatchObject({ status: 'succeeded', changed: 400 });
		expect(f.xero.calls.filter(({ path }) => path.includes('IDs='))).toHaveLength(1);
	});

	it('reads what is quiet with one call', async () => {
		contacts(120);
		const id = await f.stream('contact');
		await f.runDue();
		f.advance(HOUR);

		await f.runDue();

		expect(await f.lastRun(id)).toMatchObject({ kind: 'delta', calls: 1, seen: 0, changed: 0 });
	});

	it('tells what was there before, and what of it has changed', async () => {
		await f.subscribe(['contact.updated'], { hydrate: true });
		change(1, f.now() - HOUR, 'Ann');
		await f.stream('contact');
		await f.runDue();
		f.advance(HOUR);
		change(1, f.now(), 'Anne');
		f.advance(60_000);

		await f.runDue();

		const delivery = await f.claimOne();
		expect(delivery.event).toMatchObject({
			source: 'sync',
			record: { Name: 'Anne' },
			difference: { changed: ['Name'], previous: { Name: 'Ann' } },
		});
	});

	it('tells what has no time of change as often as it changes, also back and forth', async () => {
		const stands = (Status: string) =>
			f.xero.put('TaxRates', {
				...{ id: 'TAX001', updatedAt: f.now() },
				members: { TaxType: 'TAX001', Status },
			});
		stands('ACTIVE');
		await f.stream('tax_rate');
		await f.runDue();
		const subscription = await f.subscribe(['tax_rate.updated']);

		for (const status of ['DELETED', 'ACTIVE', 'DELETED', 'ACTIVE']) {
			stands(status);
			f.advance(HOUR);
			await f.runDue();
			f.advance(HOUR);
			await f.runDue();
		}

		expect(await f.handed(subscription.id)).toHaveLength(4);
	});

	it('keeps copies under a key that only the workspace has', async () => {
		change(1, f.now() - HOUR, 'Confidential Ltd');
		await f.stream('contact');
		await f.runDue();

		const row = await f.db.selectFrom('record_states').select('record').executeTakeFirstOrThrow();
		const key = await f.db.selectFrom('data_keys').select('key').executeTakeFirstOrThrow();

		expect(row.record).toMatch(/^v1\.data\./);
		expect(JSON.stringify(row)).not.toContain('Confidential');
		expect(key.key).toMatch(/^v1\.k1\./);
		expect((await record(1)).record).toMatchObject({ Name: 'Confidential Ltd' });
	});

	it('keeps no copies where only hashes are to be kept, and still finds changes', async () => {
		await f.close();
		f = await syncFixture(engine, { keepsRecords: false });
		contacts(3);
		await f.stream('contact');
		await f.runDue();
		f.advance(HOUR);
		change(2);
		f.advance(60_000);

		await f.runDue();

		expect((await record(2)).record).toBeNull();
		expect(await f.told()).toEqual([`${guid(2)} updated`]);
	});

	describe('killed', () => {
		it('between any two slices, loses nothing and tells nothing twice', async () => {
			await f.close();
			f = await syncFixture(engine, { pageSize: 500 });
			const subscription = await f.subscribe(['contact.updated']);
			contacts(1_000);
			await f.stream('contact');
			await f.runDue();
			f.advance(HOUR);
			for (let number = 1; number <= 1_000; number += 1) change(number);
			f.advance(60_000);

			for (let deaths = 0; deaths < 8; deaths += 1) {
				let left = deaths % 5;
				f.dieBeforeSlice(() => {
					left -= 1;
					if (left < 0) throw new Error('killed');
				});
				for (const one of await f.claim()) {
					await expect(f.runStep(one)).rejects.toThrow('killed');
				}
				f.advance(SYNC_LEASE_MS);
			}
			f.dieBeforeSlice(() => undefined);
			await f.runDue();

			const handed = await f.handed(subscription.id);
			expect(handed).toHaveLength(1_000);
			expect(new Set(handed).size).toBe(1_000);
		}, 60_000);

		it('goes on where an earlier version of the hub has stopped', async () => {
			await f.close();
			f = await syncFixture(engine, { pageSize: 100 });
			// All in one second, so that pages are read back: an earlier version kept that otherwise.
			for (let number = 1; number <= 450; number += 1) change(number, START - 86_400_000);
			const id = await f.stream('contact');
			for (let page = 1; page <= 4; page += 1) {
				const [one] = await f.claim();
				await f.runStep(one!);
			}
			const { position } = await f.db
				.selectFrom('sync_streams')
				.select('position')
				.executeTakeFirstOrThrow();
			const { at, ...place } = JSON.parse(position!) as { at: { page: number } };
			await f.db
				.updateTable('sync_streams')
				.set({ position: JSON.stringify({ ...place, at: { ...at, wasBackward: true } }) })
				.execute();

			await f.runDue();

			expect(at.page).toBeGreaterThan(1);
			expect(await f.lastRun(id)).toMatchObject({ status: 'succeeded' });
			const states = await f.db.selectFrom('record_states').select('xero_id').execute();
			expect(states).toHaveLength(450);
		});

		it('writes nothing after its lease was taken over', async () => {
			contacts(10);
			const id = await f.stream('contact');
			const [slow] = await f.claim();
			f.advance(SYNC_LEASE_MS);
			await f.runDue();

			await f.runStep(slow!);

			expect(await f.lastRun(id)).toMatchObject({ seen: 10, calls: 1 });
		});
	});

	// PostgreSQL takes its time; the long fault suite has more of them.
	const many = engine === 'sqlite' ? 3_000 : 600;

	it('stores nothing more once its organisation was removed', async () => {
		contacts(40);
		await f.stream('contact');
		const [one] = await f.claim();
		await f.connections.remove(f.workspace.id, f.connectionId);

		await f.runStep(one!);

		expect(await f.db.selectFrom('record_states').select('xero_id').execute()).toEqual([]);
	});

	it(`misses nothing of ${many} records that change between two pages, run after run`, async () => {
		await f.close();
		f = await syncFixture(engine, { pageSize: many / 15 });
		const subscription = await f.subscribe(['contact.created', 'contact.updated']);
		// A bulk import: all of one second.
		for (let number = 1; number <= many; number += 1) change(number, START - DAY);
		await f.stream('contact');
		let turn = 0;
		f.xero.beforeEach(() => {
			f.advance(700);
			for (let some = 0; some < 10; some += 1) {
				turn += 1;
				const number = 1 + ((turn * 7_919) % many);
				f.xero.put('Contacts', {
					...f.xero.listOf('Contacts').get(guid(number))!,
					updatedAt: f.now(),
					// Away for twenty seconds, now and then.
					...(turn % 5 === 0 && { visibleAt: f.now() + 20_000 }),
					members: { Name: `Changed ${turn}` },
				});
			}
		});

		for (let runs = 0; runs < 4; runs += 1) {
			await f.runDue();
			f.advance(HOUR);
		}
		f.xero.beforeEach(() => undefined);
		await f.runDue();

		for (const { id, members } of f.xero.listOf('Contacts').values()) {
			const known = await f.known.record(f.workspace.id, {
				tenantId: TENANT,
				entity: 'contact',
				id,
			});
			expect([id, known.record?.['Name']]).toEqual([id, members['Name']]);
		}
		expect(await f.handed(subscription.id)).not.toHaveLength(0);
	}, 120_000);

	describe('beside webhooks', () => {
		beforeEach(async () => {
			contacts(5);
			await f.stream('contact');
			await f.runDue();
			f.advance(HOUR);
		});

		/** c: the record changes; w: Xero's webhook of that change comes; s: a sync. */
		it.each([
			['c1 w1 s c2 w2 s', 2],
			['c1 s w1 c2 s w2 s', 2],
			['c1 w1 c2 s w2 s', 2],
			['c1 s c2 w1 w2 s', 2],
			['c1 s c2 w2 w1 s', 2],
			['c1 s c2 s w1 w2', 2],
			['c1 c2 w2 s w1 s', 2],
			['c1 c2 w1 s w2 s', 2],
			['c1 s c2 s', 2],
			['c1 w1 c2 s', 2],
			// Two changes that were read once are one.
			['c1 c2 s w1 w2 s', 1],
			['c1 c2 s', 1],
		])('tells each version once: %s', async (order, times) => {
			const subscription = await f.subscribe(['contact.updated']);
			const changedAt: Record<string, number> = {};

			for (const [what, which = ''] of order.split(' ')) {
				f.advance(what === 's' ? HOUR : 30_000);
				if (what === 'c') {
					changedAt[which] = f.now();
					change(3);
				} else if (what === 'w') {
					await webhook(3, (changedAt[which] ?? 0) + 150);
				} else await f.runDue();
			}

			expect(await f.handed(subscription.id)).toHaveLength(times);
		});

		it('tells two changes of one second once each, whichever way they come', async () => {
			const subscription = await f.subscribe(['contact.updated']);
			change(3);
			const first = f.now();
			f.advance(60_000);
			await f.runDue();
			change(3, first + 900);
			await webhook(3, first + 950);
			await webhook(3, first + 50);

			await f.runDue();

			expect((await f.handed(subscription.id)).length).toBeGreaterThanOrEqual(2);
		});

		it('is told once where the sync found it and the webhook comes minutes later', async () => {
			const subscription = await f.subscribe(['contact.updated'], { hydrate: true });
			change(3);
			const at = f.now();
			f.advance(60_000);
			await f.runDue();
			f.advance(5 * 60_000);

			await webhook(3, at + 200);

			expect(await f.handed(subscription.id)).toEqual([guid(3)]);
			expect(await f.told()).toEqual([`${guid(3)} updated`]);
		});

		it('is told by the webhook where only that says what a subscription asked for', async () => {
			await f.subscribe(['contact.created'], { url: 'https://n8n.example.com/created' });
			const raw = await f.subscribe(['raw'], { url: 'https://n8n.example.com/raw' });
			change(3);
			f.advance(60_000);
			await f.runDue();

			await webhook(3, f.now() - 60_000);

			expect(await f.handed(raw.id)).toEqual([guid(3)]);
			expect(await f.told()).toEqual([`${guid(3)} updated`]);
		});

		it('tells all of 500 changes once that came while the hub was down', async () => {
			const subscription = await f.subscribe(['contact.created', 'contact.updated']);
			for (let number = 100; number < 600; number += 1) change(number, f.now() + number);
			f.advance(DAY);

			await f.runDue();
			await f.runDue();

			const handed = await f.handed(subscription.id);
			expect(handed).toHaveLength(500);
			expect(new Set(handed).size).toBe(500);
		});

		it('is replayed once: by the event that told it first', async () => {
			const subscription = await f.subscribe(['contact.updated']);
			const raw = await f.subscribe(['raw'], { url: 'https://n8n.example.com/raw' });
			change(3);
			const at = f.now();
			f.advance(60_000);
			await f.runDue();
			await webhook(3, at + 200);
			await f.db.updateTable('deliveries').set({ status: 'delivered' }).execute();
			const all = { since: 0, until: f.now() + 1 };

			const undelivered = await f.replayRange({ ...all, status: 'undelivered' });
			const again = await f.replayRange(all);

			expect([undelivered.deliveries, again.deliveries]).toEqual([0, 2]);
			expect(await f.handed(subscription.id)).toEqual([guid(3), guid(3)]);
			expect(await f.handed(raw.id)).toEqual([guid(3), guid(3)]);
		});

		it('is replayed once to a workflow that came later', async () => {
			change(3);
			const at = f.now();
			f.advance(60_000);
			await f.runDue();
			await webhook(3, at + 200);
			const later = await f.subscribe(['contact.updated']);

			await f.replayRange({ since: 0, until: f.now() + 1, status: 'undelivered' });

			expect(await f.handed(later.id)).toEqual([guid(3)]);
		});

		it('tells no webhook apart from another that Xero sends again', async () => {
			const subscription = await f.subscribe(['contact.updated']);
			change(3);
			const at = f.now();
			f.advance(60_000);
			await f.runDue();
			await webhook(3, at + 200);

			await webhook(3, at + 200);

			expect(await f.handed(subscription.id)).toHaveLength(1);
		});
	});

	describe('a sweep', () => {
		let id: string;
		beforeEach(async () => {
			contacts(120);
			id = await f.stream('contact');
			await f.runDue();
			f.advance(HOUR);
			await f.runDue();
		});
		const sweep = async (mayDelete = false) => {
			const runId = await f.streams.run(f.workspace.id, id, 'sweep', { mayDelete });
			await f.runDue();
			const { items } = await f.streams.runs(f.workspace.id, id, { limit: 5 });
			return items.find((run) => run.id === runId)!;
		};

		it('finds what changed without a new time of change', async () => {
			const { updatedAt } = f.xero.listOf('Contacts').get(guid(9))!;
			change(9, updatedAt, 'Quietly renamed');

			const run = await sweep();

			expect(run).toMatchObject({ status: 'succeeded', changed: 1, missing: 0 });
			expect(await f.told()).toEqual([`${guid(9)} updated`]);
		});

		it('finds what is gone, after it has looked it up', async () => {
			f.xero.listOf('Contacts').delete(guid(9));

			const run = await sweep();

			expect(run).toMatchObject({ status: 'succeeded', deleted: 1 });
			expect(await f.told()).toEqual([`${guid(9)} deleted`]);
			expect(await record(9)).toMatchObject({ deleted: true });
		});

		it('takes for there what is only away from the list', async () => {
			f.xero.beforeEach((path) => {
				const away = f.xero.listOf('Contacts').get(guid(9))!;
				const isList = !path.includes('IDs=');
				f.xero.put('Contacts', { ...away, visibleAt: isList ? Infinity : 0 });
			});

			const run = await sweep();

			expect(run).toMatchObject({ deleted: 0 });
			expect(await f.told()).toEqual([]);
		});

		it('holds and asks where very much is gone, and deletes it when that was confirmed', async () => {
			for (let number = 1; number <= 40; number += 1)
				f.xero.listOf('Contacts').delete(guid(number));

			const held = await sweep();
			const alertsThen = await alerts();
			const confirmed = await sweep(true);

			expect(held).toMatchObject({ status: 'failed', deleted: 0 });
			expect(held.error).toContain('40 are not in Xero');
			expect(alertsThen).toMatchObject([{ kind: 'sweep_held', subject: id }]);
			expect(alertsThen[0]!.message).toContain('Contacts of Demo: Of ');
			expect(await alerts()).toEqual([]);
			expect(confirmed).toMatchObject({ status: 'succeeded', deleted: 40 });
			expect(await f.told()).toHaveLength(40);
		});

		const kinds = async () => {
			const { items } = await f.streams.runs(f.workspace.id, id, { limit: 100 });
			return items.map(({ kind, status }) => `${kind} ${status}`).reverse();
		};

		it('is left alone for a month while it is held, and changes are told meanwhile', async () => {
			f.advance(31 * DAY);
			for (let number = 1; number <= 40; number += 1)
				f.xero.listOf('Contacts').delete(guid(number));
			await f.runDue();
			change(100, f.now(), 'Changed meanwhile');

			for (let hour = 1; hour <= 26; hour += 1) {
				f.advance(HOUR);
				await f.runDue();
			}
			const later = (await kinds()).filter((one) => one.startsWith('sweep'));
			f.advance(30 * DAY);
			await f.runDue();

			expect(later).toEqual(['sweep failed']);
			expect(await f.told()).toEqual([`${guid(100)} updated`]);
			expect((await kinds()).filter((one) => one.startsWith('sweep'))).toHaveLength(2);
		});

		it('that Xero did not let finish is tried again the next day, and changes are told meanwhile', async () => {
			f.advance(31 * DAY);
			f.xero.beforeEach((path) => {
				if (!path.includes('/Contacts?')) return;
				f.xero.beforeEach(() => undefined);
				throw new XeroRefusedError('400 No.');
			});
			await f.runDue();
			change(100, f.now(), 'Changed meanwhile');
			f.advance(HOUR);
			await f.runDue();
			const told = await f.told();
			f.advance(25 * HOUR);
			await f.runDue();

			expect(told).toEqual([`${guid(100)} updated`]);
			expect((await kinds()).filter((one) => one.startsWith('sweep'))).toEqual([
				'sweep failed',
				'sweep succeeded',
			]);
		});

		it('concludes nothing from a list that was cut short', async () => {
			f.xero.listOf('Contacts').delete(guid(9));
			await f.streams.run(f.workspace.id, id, 'sweep', { mayDelete: false });
			const [one] = await f.claim();
			await f.runStep(one!);
			await f.streams.change(f.workspace.id, id, { enabled: false });
			await f.streams.change(f.workspace.id, id, { enabled: true });

			await f.runDue();

			expect(await f.told()).toEqual([]);
		});
	});

	it('asks before a short list counts as gone because Xero answers it empty once', async () => {
		const rates = f.xero.listOf('TaxRates');
		for (const TaxType of ['OUTPUT', 'INPUT', 'NONE']) {
			f.xero.put('TaxRates', { id: TaxType, updatedAt: f.now(), members: { TaxType } });
		}
		const id = await f.stream('tax_rate');
		await f.runDue();
		const there = [...rates];
		rates.clear();
		f.advance(HOUR);
		await f.runDue();
		const held = await f.lastRun(id);
		const asked = await alerts();
		there.forEach(([key, rate]) => rates.set(key, rate));
		rates.delete('NONE');
		f.advance(HOUR);
		await f.runDue();

		expect(held).toMatchObject({ status: 'failed', deleted: 0, missing: -3 });
		expect(asked).toMatchObject([{ kind: 'sweep_held', subject: id }]);
		expect(await f.told()).toEqual(['NONE deleted']);
		expect(await alerts()).toEqual([]);
	});

	it('counts once a day, and says what is missing', async () => {
		contacts(10);
		const id = await f.stream('contact');
		await f.runDue();
		f.advance(25 * HOUR);
		change(11, START - 30 * DAY);

		await f.runDue();

		const { items } = await f.streams.runs(f.workspace.id, id, { limit: 10 });
		expect(items.find(({ kind }) => kind === 'count')).toMatchObject({ missing: 1, calls: 1 });
	});

	describe('counts that disagree', () => {
		/** A record that no time of change shows. */
		const hide = (number: number) => change(number, START - 30 * DAY);
		async function untilCounted() {
			f.advance(25 * HOUR);
			await f.runDue();
		}

		it('are counted once more after the changes were read, and are an alert then', async () => {
			contacts(10);
			const id = await f.stream('contact');
			await f.runDue();
			hide(11);
			await untilCounted();
			expect(await alerts()).toEqual([]);
			f.advance(HOUR);

			await f.runDue();

			const [alert] = await alerts();
			expect(alert).toMatchObject({ kind: 'counts_disagree', subject: id });
			expect(alert!.message).toContain('Contacts of Demo: Xero counts 1 more than the hub');
		});

		it('agree where a change explains it', async () => {
			contacts(10);
			const id = await f.stream('contact');
			await f.runDue();
			f.advance(25 * HOUR);
			change(11);
			await f.runDue();
			f.advance(HOUR);

			await f.runDue();

			const { items } = await f.streams.runs(f.workspace.id, id, { limit: 10 });
			expect(items.filter(({ kind }) => kind === 'count').map(({ missing }) => missing)).toEqual([
				0, 1,
			]);
			expect(await alerts()).toEqual([]);
			expect((await f.streams.get(f.workspace.id, id)).stream.countedAt).toBe(f.now());
		});

		it.each(['sweep', 'count', 'switch', 'removal', 'reset'])('end with a %s', async (end) => {
			contacts(10);
			const id = await f.stream('contact');
			await f.runDue();
			hide(11);
			await untilCounted();
			f.advance(HOUR);
			await f.runDue();
			expect(await alerts()).toHaveLength(1);
			const { id: workspaceId } = f.workspace;

			if (end === 'count') f.xero.listOf('Contacts').delete(guid(11));
			if (end === 'count' || end === 'sweep') {
				await f.streams.run(workspaceId, id, end, { mayDelete: false });
				await f.runDue();
			}
			if (end === 'switch') await f.streams.change(workspaceId, id, { enabled: false });
			if (end === 'removal') await f.streams.remove(workspaceId, id);
			if (end === 'reset') {
				const connection = { workspaceId, tenantId: TENANT, connectionId: f.connectionId };
				await beginNewEpoch(f.db, connection, f.now());
			}

			expect(await alerts()).toEqual([]);
		});
	});

	it('begins anew, and tells nothing, where the organisation was reset', async () => {
		const subscription = await f.subscribe(['*']);
		contacts(60);
		await f.stream('contact');
		await f.stream('invoice');
		await f.runDue();
		f.advance(HOUR);
		f.xero.listOf('Contacts').clear();
		for (let number = 1_001; number <= 1_060; number += 1) change(number);
		f.advance(60_000);

		await f.runDue();

		expect(await f.handed(subscription.id)).toEqual([]);
		await expect(record(1)).rejects.toThrow();
		expect(await record(1_001)).toMatchObject({ deleted: false });
	});

	it('leaves alone what is switched off, and organisations that were connected before', async () => {
		contacts(3);
		await f.stream('contact');
		await f.connections.setSyncs(f.workspace.id, f.connectionId, false);

		await f.runDue();

		expect(f.xero.calls).toEqual([]);
	});

	describe('a clock that was ahead and is set', () => {
		it('puts no stream off, nor its counts', async () => {
			contacts(10);
			const id = await f.stream('contact');
			await f.runDue();
			f.advance(40 * DAY);
			await f.runDue();
			f.advance(HOUR - 40 * DAY);

			const broughtBack = await bringBackStreams(f.db, f.now);
			await f.runDue();
			const again = await bringBackStreams(f.db, f.now);

			expect([broughtBack, again]).toEqual([1, 0]);
			expect(await f.lastRun(id)).toMatchObject({ status: 'succeeded', startedAt: f.now() });
			const { sweptAt, countedAt } = (await f.streams.get(f.workspace.id, id)).stream;
			expect(Math.max(sweptAt ?? 0, countedAt ?? 0)).toBeLessThanOrEqual(f.now());
		});

		it('changes nothing of a stream that rests as it should, or is off', async () => {
			contacts(10);
			const id = await f.stream('contact');
			await f.runDue();
			const resting = await bringBackStreams(f.db, f.now);
			await f.streams.change(f.workspace.id, id, { enabled: false });
			f.advance(-DAY);

			expect([resting, await bringBackStreams(f.db, f.now)]).toEqual([0, 0]);
		});
	});

	it('gives a workspace with a long list no more turns than one with a short one', async () => {
		const other = await f.workspaces.create({ name: 'Beta' });
		const otherConnection = await f.connect(other.id, OTHER_TENANT, 'client-2');
		contacts(200);
		await f.stream('contact');
		await f.streams.create(
			{ id: otherConnection, workspaceId: other.id, tenantId: OTHER_TENANT },
			findEntity('contact')!,
			{ plan: { everySeconds: 3600 }, enabled: true, tellExisting: false },
		);

		const first = await f.claim();

		expect(new Set(first.map(({ stream }) => stream.workspaceId))).toEqual(
			new Set([f.workspace.id, other.id]),
		);
	});
});
