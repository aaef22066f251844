import { createAlertLedger } from '../../hub-server/src/alerts/alertLedger';
import { USUAL_QUOTAS } from '../../hub-server/src/config/quotas';
import { createReadKept } from '../../hub-server/src/events/keptUsage';
import { createFindOverQuota } from '../../hub-server/src/retention/findOverQuota';
import { createFirstPurge } from '../../hub-server/src/retention/firstPurge';
import { createPurgeSteps, type PurgeKind } from '../../hub-server/src/retention/purgeSteps';
import { noteGap } from '../../hub-server/src/gaps/noteGap';
import { startRetentionKeeper } from '../../hub-server/src/retention/retentionKeeper';
import { createHubLease } from '../../hub-server/src/work/hubLease';
import { ENGINES } from '../support/freshLedger';
import { anEvent, CLAIM, ledgerFixture, START, type LedgerFixture } from './ledgerFixture';
import { syncFixture, type SyncFixture } from './syncFixture';
import { NO_WEBHOOK_KEYS } from '../support/noWebhookKeys';

const DAY_MS = 24 * 3600_000;
const DAYS = { payloads: 30, events: 90 };

describe.each(ENGINES)('what is kept on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const attempt = () => ({ startedAt: f.now(), ms: 3, statusCode: 200 });
	const rows = async (table: 'payloads' | 'events' | 'deliveries' | 'attempts') =>
		(await f.db.selectFrom(table).selectAll().execute()).length;
	const counts = async () => ({
		payloads: await rows('payloads'),
		events: await rows('events'),
		deliveries: await rows('deliveries'),
		attempts: await rows('attempts'),
	});
	const readKept = () => createReadKept(f.db)();

	/** Events that were delivered, each in a payload of its own. */
	async function deliver(count: number): Promise<void> {
		for (let event = 0; event < count; event += 1) await f.accept([anEvent()]);
		for (const delivery of await f.deliveries.claim({ ...CLAIM, limit: count })) {
			await f.deliveries.finish(delivery, { kind: 'delivered' }, attempt());
		}
	}

	/** One walk through all that is old, with what each step purged. */
	async function purge(quotas = USUAL_QUOTAS) {
		const steps: Array<{ kind: PurgeKind; rows: number }> = [];
		const lease = createHubLease({ db: f.db, name: 'retention', durationMs: 60_000, now: f.now });
		const keeper = startRetentionKeeper({
			steps: createPurgeSteps({ db: f.db, engine }),
			days: DAYS,
			firstPurge: createFirstPurge({ db: f.db, days: DAYS }),
			lease,
			findOverQuota: createFindOverQuota({
				db: f.db,
				workspaces: f.workspaces,
				quotas: { usual: quotas, plans: {} },
			}),
			now: f.now,
			uptime: () => 0,
			onPurged: (kind, count) => steps.push({ kind, rows: count }),
			onFault: (cause) => {
				throw cause as Error;
			},
			// An hour's rest is the end of the walk.
			rest: (ms, ended) =>
				new Promise((resolve) => {
					if (ms < 60_000) resolve();
					else {
						walked();
						ended.addEventListener('abort', () => resolve());
					}
				}),
		});
		let walked = () => {};
		await new Promise<void>((resolve) => (walked = resolve));
		await keeper.stop();
		await lease.release();
		return steps;
	}

	it('is everything until its days are over', async () => {
		await f.subscribe(['*']);
		await deliver(3);
		f.advance(30 * DAY_MS - 1);

		expect(await purge()).toEqual([]);
	});

	it('is without payloads and attempts after thirty days, and nothing after ninety', async () => {
		await f.subscribe(['*']);
		await deliver(3);

		f.advance(30 * DAY_MS + 1);
		await purge();
		expect(await counts()).toEqual({ payloads: 0, events: 3, deliveries: 3, attempts: 0 });

		f.advance(60 * DAY_MS);
		await purge();
		expect(await counts()).toEqual({ payloads: 0, events: 0, deliveries: 0, attempts: 0 });
		expect(await readKept()).toEqual({ events: 0, bytes: 0 });
	});

	it('is what was put aside until a person has seen to it', async () => {
		await f.inbox.accept({
			workspaceId: f.workspace.id,
			body: Buffer.from('not JSON'),
			signedWith: 'current',
			keysVersion: NO_WEBHOOK_KEYS,
		});
		await f.route(10);
		f.advance(91 * DAY_MS);

		await purge();
		const { items } = await f.aside.list(f.workspace.id, { limit: 10 });
		await f.aside.dismiss(f.workspace.id);
		await purge();

		expect(items).toHaveLength(1);
		expect(await counts()).toMatchObject({ payloads: 0 });
	});

	it('is without the record after thirty days, which a replay reads again', async () => {
		await f.subscribe(['invoice.created'], { hydrate: true });
		const invoice = { eventCategory: 'INVOICE', eventType: 'CREATE' };
		await f.accept([anEvent(invoice)]);
		f.advance(1_000);
		const [event] = await f.records.claim({ limit: 1, leaseMs: 60_000 });
		await f.records.finish([
			{ event: event!, outcome: { kind: 'ready', record: { Type: 'ACCREC' } } },
		]);
		const before = await readKept();
		const [delivery] = await f.deliveries.claim(CLAIM);
		await f.deliveries.finish(delivery!, { kind: 'delivered' }, attempt());

		f.advance(30 * DAY_MS + 1);
		await purge();

		const after = await readKept();
		expect(before.bytes - after.bytes).toBe('{"Type":"ACCREC"}'.length);
		expect(after.events).toBe(1);
		await f.replayRange({ since: START, until: f.now() });
		expect(await f.records.claim({ limit: 1, leaseMs: 60_000 })).toHaveLength(1);
	});

	it('is all that a delivery needs that is still owed, however old', async () => {
		await f.subscribe(['*']);
		await deliver(1);
		await f.accept([anEvent()]);
		const [owed] = await f.deliveries.claim(CLAIM);
		await f.deliveries.finish(owed!, { kind: 'retry', delayMs: 5_000 }, attempt());

		f.advance(365 * DAY_MS);
		await purge();

		expect(await counts()).toEqual({ payloads: 1, events: 1, deliveries: 1, attempts: 1 });
		expect(await f.deliveries.claim(CLAIM)).toMatchObject([{ id: owed!.id, attempt: 2 }]);
	});

	it('is what was not routed yet, however old', async () => {
		await f.inbox.accept({
			workspaceId: f.workspace.id,
			body: Buffer.from('{"events":[]}'),
			signedWith: 'current',
			keysVersion: NO_WEBHOOK_KEYS,
		});

		f.advance(365 * DAY_MS);
		await purge();

		expect(await rows('payloads')).toBe(1);
	});

	it('still tells an event once that Xero sends again within two days, whatever the quota', async () => {
		await f.subscribe(['*']);
		const event = anEvent();
		await f.accept([event]);
		const [delivery] = await f.deliveries.claim(CLAIM);
		await f.deliveries.finish(delivery!, { kind: 'delivered' }, attempt());
		f.advance(2 * DAY_MS - 1);

		await purge({ ...USUAL_QUOTAS, keptEvents: 0 });

		expect(await f.accept([event])).toMatchObject({ newEvents: 0, newDeliveries: 0 });
	});

	it('goes in steps of at most 500 rows', async () => {
		await f.accept(Array.from({ length: 1_100 }, () => anEvent()));
		f.advance(91 * DAY_MS);

		const steps = await purge();

		const ofEvents = steps.filter(({ kind }) => kind === 'events').map((step) => step.rows);
		expect(ofEvents.reduce((sum, count) => sum + count, 0)).toBe(1_100);
		expect(ofEvents.length).toBeGreaterThan(2);
		for (const { rows: count } of steps) expect(count).toBeLessThanOrEqual(500);
	});

	it('is purged by one hub at a time', async () => {
		const lease = () =>
			createHubLease({ db: f.db, name: 'retention', durationMs: 60_000, now: f.now });
		const [one, other] = [lease(), lease()];

		expect(await one.hold()).toBe(true);
		expect(await other.hold()).toBe(false);
		expect(await one.hold()).toBe(true);
		f.advance(60_000);
		expect(await other.hold()).toBe(true);
		expect(await one.hold()).toBe(false);
		await other.release();
		expect(await one.hold()).toBe(true);
		// The clock is set back: nobody waits for an hour.
		f.advance(-3_600_000);
		expect(await other.hold()).toBe(true);
	});

	describe('of a ledger from before', () => {
		beforeEach(async () => {
			await f.db.insertInto('first_purge').values({ due_at: null }).execute();
		});
		const alerts = () => createAlertLedger(f).listOpen(f.workspace.id);

		it('is purged a week after an alert that says how much goes', async () => {
			await f.subscribe(['*']);
			await deliver(2);
			f.advance(91 * DAY_MS);

			await purge();

			expect(await rows('events')).toBe(2);
			expect(await alerts()).toMatchObject([
				{
					kind: 'first_purge_planned',
					message: expect.stringMatching(
						/for the first time on 8 February 2027: 2 payloads .* 30 days, and 2 events .* 90 days/,
					),
				},
			]);

			f.advance(7 * DAY_MS - 1);
			await purge();
			expect(await rows('events')).toBe(2);

			f.advance(1);
			await purge();
			expect(await rows('events')).toBe(0);
			expect(await alerts()).toEqual([]);
		});

		it('says nothing while nothing is old', async () => {
			await deliver(1);

			await purge();

			expect(await alerts()).toEqual([]);
		});
	});

	describe('over its quota', () => {
		it('is cut short with an alert, the oldest first and of that workspace only', async () => {
			const other = await f.workspaces.create({ name: 'Other' });
			await f.workspaces.update(other.slug, { quotas: { keptEvents: 1_000 } });
			await f.subscribe(['*']);
			await deliver(2);
			f.advance(60 * DAY_MS);
			await deliver(2);
			f.advance(DAY_MS);

			await purge({ ...USUAL_QUOTAS, keptEvents: 2 });

			expect(await rows('events')).toBe(2);
			expect(await readKept()).toMatchObject({ events: 2 });
			expect(await createAlertLedger(f).openEverywhere()).toEqual([
				{ workspaceId: f.workspace.id, kind: 'history_cut_short' },
			]);
		});

		it('takes every event of Xero’s all the same', async () => {
			const quotas = { ...USUAL_QUOTAS, keptEvents: 0 };
			await f.accept([anEvent()]);
			await purge(quotas);

			expect(await f.accept([anEvent()])).toMatchObject({ newEvents: 1 });
		});
	});

	describe('of syncs and gaps', () => {
		let s: SyncFixture;
		beforeEach(async () => {
			s = await syncFixture(engine);
		});
		afterEach(() => s.close());

		const step = (kind: PurgeKind, days: number) =>
			createPurgeSteps({ db: s.db, engine })[kind]({
				before: s.now() - days * DAY_MS,
				after: undefined,
				limit: 200,
			});

		it('is every run until its days are over, and the last of each stream for ever', async () => {
			const id = await s.stream('contact');
			await s.runDue();
			s.advance(10 * DAY_MS);
			await s.runDue();
			const runs = async () => {
				const { items } = await s.streams.runs(s.workspace.id, id, { limit: 10 });
				return items.map((run) => run.id);
			};
			const [last, ...before] = await runs();
			s.advance(100 * DAY_MS);

			expect(await step('syncRuns', 105)).toEqual({ purged: 1, next: undefined });
			expect(await step('syncRuns', 50)).toEqual({ purged: before.length - 1, next: undefined });

			expect(before.length).toBeGreaterThan(1);
			expect(await runs()).toEqual([last]);
		});

		it('is a gap with its repairs until its days are over, repaired or not', async () => {
			await s.accept([]);
			await s.subscribe(['contact.updated']);
			const gap = async () => {
				const now = s.now();
				await noteGap(s.db, { kind: 'outage', from: now - 60_000, until: now }, now);
			};
			s.advance(DAY_MS);
			await gap();
			await s.repair();
			s.advance(10 * DAY_MS);
			await gap();
			s.advance(85 * DAY_MS);

			const purged = await step('gaps', 90);

			expect(purged).toEqual({ purged: 1, next: undefined });
			expect(await s.gaps()).toMatchObject([{ state: 'found' }]);
			expect(await s.db.selectFrom('gap_repairs').selectAll().execute()).toEqual([]);
		});
	});
});
