import { createAlertLedger } from '../../hub-server/src/alerts/alertLedger';
import { XeroRefusedError } from '../../hub-server/src/errors/xeroErrors';
import { describeGap } from '../../hub-server/src/gaps/describeGap';
import { findJumps } from '../../hub-server/src/gaps/findJumps';
import { findSilence } from '../../hub-server/src/gaps/findSilence';
import { createFindGapTroubles } from '../../hub-server/src/gaps/gapTroubles';
import { createGapReader } from '../../hub-server/src/gaps/gapReader';
import { noteGap } from '../../hub-server/src/gaps/noteGap';
import { saveStates, type RecordState } from '../../hub-server/src/records/recordStates';
import { beginNewEpoch } from '../../hub-server/src/sync/streamLedger';
import { markRestored } from '../../hub-server/src/administration/markRestored';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { waitingForLocks } from '../support/waitingForLocks';
import { anEvent, OTHER_TENANT, TENANT } from './ledgerFixture';
import { syncFixture, type SyncFixture } from './syncFixture';
import { NO_WEBHOOK_KEYS } from '../support/noWebhookKeys';

const MINUTE = 60_000;
const HOUR = 3600_000;
const DAY = 24 * HOUR;

describe.each(ENGINES)('gaps on %s', (engine) => {
	let f: SyncFixture;
	beforeEach(async () => {
		f = await syncFixture(engine, { pageSize: 50 });
		// Xero's check: the webhooks of the app are in use.
		await f.accept([]);
	});
	afterEach(() => f.close());

	function change(number: number, updatedAt = f.now(), collection = 'Contacts') {
		f.xero.put(collection, {
			id: guid(number),
			updatedAt,
			members: { Name: `${number} at ${updatedAt}`, ContactStatus: 'ACTIVE', Status: 'AUTHORISED' },
		});
		return updatedAt;
	}
	const webhook = (number: number, at: number, type = 'UPDATE') =>
		f.accept([
			anEvent({
				resourceId: guid(number),
				eventType: type,
				eventDateUtc: new Date(at).toISOString().slice(0, -1),
			}),
		]);
	/** The hub runs, and then does not for an hour. */
	async function outage(during: () => void | Promise<void> = () => undefined) {
		await f.pulse.beat();
		f.advance(20 * MINUTE);
		await during();
		f.advance(40 * MINUTE);
		return f.pulse.beat();
	}
	/** Types under which the subscription got the record's events. */
	const gotAs = async (subscriptionId: string, number: number) => {
		const rows = await f.db
			.selectFrom('deliveries as d')
			.innerJoin('events as e', 'e.id', 'd.event_id')
			.select('d.type')
			.where('d.subscription_id', '=', subscriptionId)
			.where('e.resource_id', '=', guid(number))
			.where('d.status', '=', 'pending')
			.execute();
		return rows.map(({ type }) => type);
	};
	async function sent(first: number, last: number) {
		const events = [anEvent({ resourceId: guid(first), eventDateUtc: at(f.now()) })];
		const body = { events, firstEventSequence: first, lastEventSequence: last };
		await f.inbox.accept({
			workspaceId: f.workspace.id,
			body: Buffer.from(JSON.stringify(body)),
			signedWith: 'current',
			keysVersion: NO_WEBHOOK_KEYS,
		});
		await f.route(100);
	}
	const stateOf = (number: number): RecordState => ({
		...{
			id: guid(number),
			version: '1',
			updatedAt: 1,
			hash: null,
			standing: null,
			due: null,
			record: null,
		},
		...{ bytes: 0, sweptIn: null, told: null, isDeleted: false, deletedAt: null },
		...{ firstSeenAt: 1, seenAt: 1 },
	});
	const at = (ms: number) => new Date(ms).toISOString().slice(0, -1);

	describe('an outage of the hub', () => {
		it('is a gap of each organisation that a workflow listens to, from the last sign of life on', async () => {
			await f.subscribe(['contact.updated']);
			const began = f.now();

			const found = await outage();

			expect(found).toBe(1);
			expect(await f.gaps()).toMatchObject([
				{ kind: 'outage', state: 'found', tenantId: TENANT, from: began, until: f.now() },
			]);
		});

		it('is one of a workspace too that came to the app after Xero had checked its webhooks', async () => {
			const later = await f.workspaces.create({ name: 'Later' });
			await f.connect(later.id, OTHER_TENANT, 'client');
			await f.subscribe(['contact.updated'], { workspaceId: later.id });
			const stranger = await f.workspaces.create({ name: 'Stranger' });
			await f.connect(stranger.id, TENANT, 'another client');
			await f.subscribe(['contact.updated'], { workspaceId: stranger.id });

			await outage();

			const gaps = await f.db.selectFrom('gaps').select(['workspace_id', 'tenant_id']).execute();
			expect(gaps).toEqual([{ workspace_id: later.id, tenant_id: OTHER_TENANT }]);
		});

		it('is none after a restart, nor at the very first start', async () => {
			await f.subscribe(['contact.updated']);
			await f.pulse.beat();
			f.advance(4 * MINUTE);

			await f.pulse.beat();

			expect(await f.gaps()).toEqual([]);
		});

		it('is none where nobody listens, no webhook is in use, or the organisation is off', async () => {
			await outage();
			await f.subscribe(['contact.updated']);
			await f.db.updateTable('connections').set({ enabled: 0 }).execute();
			await outage();
			await f.db.updateTable('connections').set({ enabled: 1 }).execute();
			await f.db.updateTable('app_keys').set({ handshake_at: null }).execute();
			await outage();

			expect(await f.gaps()).toEqual([]);
		});

		it('is none after the ledger was restored: what was told since the backup is not known', async () => {
			await f.subscribe(['contact.updated']);
			await f.pulse.beat();
			f.advance(HOUR);
			await markRestored(f.db, { takenAt: undefined, lost: new Map() }, f.now());

			await f.pulse.beat();

			expect(await f.gaps()).toEqual([]);
		});
	});

	describe('a repair', () => {
		it('tells what changed, where webhooks alone told until then, and nothing that is older', async () => {
			const subscription = await f.subscribe(['contact.updated', 'invoice.updated'], {
				hydrate: true,
			});
			for (let number = 1; number <= 30; number += 1) change(number, f.now() - DAY);
			await outage(() => {
				for (let number = 100; number < 170; number += 1) change(number, f.now() + number);
				change(3);
				change(200, f.now(), 'Invoices');
			});

			await f.repair();

			const expected = [3, 200, ...Array.from({ length: 70 }, (_, index) => 100 + index)];
			expect(await f.handed(subscription.id)).toEqual(expected.map(guid).sort());
			const [gap] = await f.gaps();
			expect(gap).toMatchObject({ state: 'repaired', repairedAt: f.now() });
			expect(gap!.runs.map(({ entity, told }) => [entity, told]).sort()).toEqual([
				['contact', 71],
				['invoice', 1],
			]);
			expect(describeGap(gap!)).toContain('72 changes that nobody had told');
			expect(await f.db.selectFrom('sync_streams').selectAll().execute()).toEqual([]);
		});

		it('tells nothing more when it runs once more, or a stream begins later', async () => {
			const subscription = await f.subscribe(['contact.updated']);
			await outage(() => void change(1));
			await f.repair();
			f.advance(HOUR);
			await noteGap(f.db, { kind: 'silence', from: f.now() - 3 * HOUR, until: f.now() }, f.now());
			await f.repair();
			await f.stream('contact');

			await f.runDue();

			expect(await f.handed(subscription.id)).toEqual([guid(1)]);
		});

		it('tells what the first run of a stream has swallowed, once', async () => {
			const subscription = await f.subscribe(['contact.updated']);
			await outage(() => void change(1));
			await f.stream('contact');
			await f.runDue();

			await f.repair();
			f.advance(HOUR);
			await f.runDue();

			expect(await f.handed(subscription.id)).toEqual([guid(1)]);
		});

		it('tells nothing of what a late webhook has told before the first run of a stream', async () => {
			const subscription = await f.subscribe(['contact.updated']);
			let changedAt = 0;
			await outage(() => {
				changedAt = change(1);
			});
			await webhook(1, changedAt);
			await f.stream('contact');
			await f.runDue();

			await f.repair();

			expect(await f.handed(subscription.id)).toEqual([guid(1)]);
		});

		it('leaves to a stream what the stream has told', async () => {
			const subscription = await f.subscribe(['contact.created', 'contact.updated']);
			change(1, f.now() - DAY);
			await f.stream('contact');
			await f.runDue();
			await outage(() => {
				change(1);
				change(2);
			});
			await f.runDue();

			await f.repair();

			expect(await f.handed(subscription.id)).toEqual([guid(1), guid(2)]);
			expect((await f.gaps())[0]!.runs).toMatchObject([{ told: 0, status: 'succeeded' }]);
		});

		it('comes before a stream, which tells it no second time', async () => {
			const subscription = await f.subscribe(['contact.created', 'contact.updated']);
			change(1, f.now() - DAY);
			await f.stream('contact');
			await f.runDue();
			await outage(() => {
				change(1);
				change(2);
			});
			await f.repair();

			await f.runDue();

			expect(await f.handed(subscription.id)).toEqual([guid(1), guid(2)]);
			expect((await f.told()).sort()).toEqual([`${guid(1)} updated`, `${guid(2)} created`]);
		});

		it('takes the webhook that comes hours later for what it has told', async () => {
			const subscription = await f.subscribe(['contact.created', 'contact.updated']);
			let changedAt = 0;
			await outage(() => {
				changedAt = change(1);
			});
			await f.repair();
			f.advance(5 * HOUR);

			await webhook(1, changedAt + 900, 'CREATE');
			await webhook(1, changedAt - 5 * MINUTE);

			expect(await f.handed(subscription.id)).toEqual([guid(1)]);
		});

		it('tells nothing of what a late webhook has told before', async () => {
			const subscription = await f.subscribe(['contact.created', 'contact.updated']);
			let changedAt = 0;
			await outage(() => {
				changedAt = change(1);
			});
			await webhook(1, changedAt + 900, 'CREATE');

			await f.repair();

			expect(await f.handed(subscription.id)).toEqual([guid(1)]);
		});

		it('tells each version that is read: a change after it is another', async () => {
			const subscription = await f.subscribe(['contact.updated']);
			await outage(() => void change(1));
			await f.repair();
			f.advance(HOUR);

			await webhook(1, change(1));

			expect(await f.handed(subscription.id)).toEqual([guid(1), guid(1)]);
		});

		it('hands what may be new to those who ask for new records too, and only then', async () => {
			const created = await f.subscribe(['contact.created']);
			const both = await f.subscribe(['*'], { url: 'https://n8n.example.com/webhook/two' });
			await webhook(1, f.now() - HOUR);
			await outage(() => {
				change(1);
				change(2);
			});

			await f.repair();

			expect(await gotAs(created.id, 1)).toEqual([]);
			expect(await gotAs(created.id, 2)).toEqual(['contact.created']);
			expect(await gotAs(both.id, 2)).toEqual(['contact.updated']);
		});

		it('tells what a record has become, where it was known before', async () => {
			const subscription = await f.subscribe(['invoice.paid']);
			const invoice = (status: string) =>
				f.xero.put('Invoices', {
					id: guid(1),
					updatedAt: f.now(),
					members: { Type: 'ACCREC', Status: status },
				});
			invoice('AUTHORISED');
			await f.stream('invoice');
			f.advance(HOUR);
			await f.runDue();
			await outage(() => invoice('PAID'));

			await f.repair();

			expect(await gotAs(subscription.id, 1)).toEqual(['invoice.paid']);
		});

		it('keeps no copy of a record where no stream does', async () => {
			await f.subscribe(['contact.updated']);
			await outage(() => void change(1));

			await f.repair();

			const rows = await f.db.selectFrom('record_states').select('record').execute();
			expect(rows).toEqual([{ record: null }]);
		});

		it('reads only what somebody listens to', async () => {
			await f.subscribe(['contact.updated'], { tenantIds: [OTHER_TENANT] });
			await f.subscribe(['invoice.paid'], {
				url: 'https://n8n.example.com/webhook/two',
				tenantIds: [TENANT],
			});
			await outage();

			await f.repair();

			expect(f.xero.calls.map(({ path }) => path.split('?')[0])).toEqual(['/api.xro/2.0/Invoices']);
		});

		it('tells nothing of what changed before, though Xero lists it', async () => {
			await f.subscribe(['contact.updated']);
			await outage(() => {
				const members = { Name: 'Old', UpdatedDateUTC: `/Date(${f.now() - DAY}+0000)/` };
				f.xero.put('Contacts', { id: guid(1), updatedAt: f.now(), members });
			});

			await f.repair();

			expect(await f.told()).toEqual([]);
			expect(await f.db.selectFrom('record_states').selectAll().execute()).toEqual([]);
		});

		it('goes on where it was after a process has died', async () => {
			const subscription = await f.subscribe(['contact.updated']);
			await outage(() => {
				for (let number = 1; number <= 120; number += 1) change(number, f.now() + number * 1_000);
			});
			await f.beginRepairs();
			let slices = 0;
			f.dieBeforeSlice(() => {
				slices += 1;
				if (slices === 3) throw new Error('killed');
			});
			const [first] = await f.claimRepairs();
			await f.repairStep(first!);
			const [second] = await f.claimRepairs();
			await f.repairStep(second!).catch(() => undefined);
			f.advance(HOUR);

			await f.repair();

			expect(await f.handed(subscription.id)).toHaveLength(120);
			expect((await f.gaps())[0]).toMatchObject({ state: 'repaired' });
		});

		it('is nobody else’s once another process has taken it over', async () => {
			const subscription = await f.subscribe(['contact.updated']);
			await outage(() => void change(1));
			await f.beginRepairs();
			const [slow] = await f.claimRepairs();
			f.advance(HOUR);
			await f.repair();

			await f.repairStep(slow!);

			expect(await f.handed(subscription.id)).toEqual([guid(1)]);
		});

		it('is not ended by a process that has lost it', async () => {
			await f.subscribe(['contact.updated']);
			await outage();
			await f.beginRepairs();
			const [slow] = await f.claimRepairs();
			f.advance(HOUR);
			const [holder] = await f.claimRepairs();

			await f.repairStep(slow!);

			expect(await f.gaps()).toMatchObject([{ state: 'repairing' }]);
			await f.repairStep(holder!);
			expect(await f.gaps()).toMatchObject([{ state: 'repaired' }]);
		});

		it('begins once, however many processes find the gap', async () => {
			await f.subscribe(['contact.updated']);
			await outage();

			await Promise.all([f.beginRepairs(), f.beginRepairs(), f.beginRepairs()]);

			expect((await f.gaps())[0]!.runs).toHaveLength(1);
		});

		it('tells once what late webhooks tell at the same moment, and a stream', async () => {
			const subscription = await f.subscribe(['contact.updated']);
			await f.stream('contact');
			await f.runDue();
			const numbers = Array.from({ length: 90 }, (_, index) => index + 1);
			await outage(() => numbers.forEach((number) => change(number, f.now() + number)));
			await f.beginRepairs();
			const [repair, stream] = [await f.claimRepairs(), await f.claim()];
			const late = numbers.map((number) => {
				const { updatedAt } = f.xero.listOf('Contacts').get(guid(number))!;
				return anEvent({ resourceId: guid(number), eventDateUtc: at(updatedAt) });
			});

			await Promise.all([
				f.repairStep(repair[0]!),
				f.runStep(stream[0]!),
				...[0, 30, 60].map((start) => f.accept(late.slice(start, start + 30))),
			]);

			expect(await f.handed(subscription.id)).toEqual(numbers.map(guid));
		});

		// SQLite has one writer at a time.
		if (engine === 'postgres')
			it('tells once what a webhook tells between its look for webhooks and its end', async () => {
				const subscription = await f.subscribe(['contact.updated']);
				await outage(() => void change(1));
				await f.beginRepairs();
				const [repair] = await f.claimRepairs();
				const stuck = Promise.withResolvers<void>();
				const held = Promise.withResolvers<void>();
				const holding = f.db
					.transaction()
					.execute(async (tx) => {
						await saveStates(tx, repair!.states, [stateOf(1)]);
						held.resolve();
						await stuck.promise;
						throw new Error('rolled back');
					})
					.catch(() => undefined);
				await held.promise;
				const repairing = f.repairStep(repair!);
				await waitingForLocks(f.db, 1);
				const late = webhook(1, f.xero.listOf('Contacts').get(guid(1))!.updatedAt);
				await Promise.race([late, waitingForLocks(f.db, 2)]);

				stuck.resolve();
				await Promise.all([holding, repairing, late]);

				expect(await f.handed(subscription.id)).toEqual([guid(1)]);
			});

		it('tells nothing of an organisation that was reset', async () => {
			await f.subscribe(['contact.updated']);
			await outage(() => void change(1));
			await f.beginRepairs();
			const { id: workspaceId } = f.workspace;
			const connection = { workspaceId, tenantId: TENANT, connectionId: f.connectionId };
			await beginNewEpoch(f.db, connection, f.now());

			await f.repair();

			expect(await f.told()).toEqual([]);
			expect((await f.gaps())[0]).toMatchObject({ state: 'repaired' });
		});

		it('of what was found meanwhile waits a quarter of an hour, and is one', async () => {
			await f.subscribe(['contact.updated']);
			for (let times = 0; times < 6; times += 1) {
				await f.pulse.beat();
				f.advance(6 * MINUTE);
				await f.pulse.beat();
				await f.repair();
			}

			const runs = await f.db.selectFrom('gap_repairs').select('id').execute();
			expect(runs).toHaveLength(2);
		});
	});

	describe('a repair that cannot go on', () => {
		const alerts = async (isSyncOn = true) => {
			const findTroubles = createFindGapTroubles({ db: f.db, now: f.now, isSyncOn });
			const ledger = createAlertLedger({ db: f.db, now: f.now, findTroubles });
			return (await ledger.listOpen(f.workspace.id)).filter(
				({ kind }) => kind === 'gap_not_repaired',
			);
		};

		it('waits until there are calls of the day left', async () => {
			await f.subscribe(['contact.updated']);
			await outage(() => void change(1));
			const hour = Math.floor(f.now() / HOUR);
			await f.db
				.insertInto('sync_usage')
				.values({ connection_id: f.connectionId, hour, calls: 5_000, bytes: 0 })
				.execute();

			await f.repair();

			expect(await f.gaps()).toMatchObject([{ state: 'waiting', waitingFor: 'day_budget' }]);
			expect(await alerts()).toEqual([]);
			f.advance(25 * HOUR);
			await f.repair();
			expect(await f.gaps()).toMatchObject([{ state: 'repaired' }]);
			expect(await f.told()).toEqual([`${guid(1)} updated`]);
		});

		it('is an alert while Xero refuses, and none once it is repaired', async () => {
			await f.subscribe(['contact.updated', 'invoice.updated']);
			await outage(() => {
				change(1);
				change(2, f.now(), 'Invoices');
			});
			f.xero.beforeEach((path) => {
				if (path.includes('Invoices')) throw new XeroRefusedError('403 no scope');
			});

			await f.repair();

			expect(await f.gaps()).toMatchObject([{ state: 'waiting', waitingFor: 'failed' }]);
			const [alert] = await alerts();
			expect(alert).toMatchObject({ subject: f.connectionId });
			expect(alert!.message).toMatch(/between 2026-11-02 09:00 UTC and .*403 no scope/);
			f.xero.beforeEach(() => undefined);
			f.advance(7 * HOUR);
			await f.repair();
			expect(await f.gaps()).toMatchObject([{ state: 'repaired' }]);
			expect(await alerts()).toEqual([]);
			expect(await f.told()).toHaveLength(2);
		});

		it('holds up no later one', async () => {
			await f.subscribe(['contact.updated', 'invoice.updated']);
			f.xero.beforeEach((path) => {
				if (path.includes('Invoices')) throw new XeroRefusedError('403 no scope');
			});
			await outage();
			await f.repair();
			await outage(() => void change(1));

			await f.repair();

			expect(await f.told()).toEqual([`${guid(1)} updated`]);
			const all = await f.gaps();
			expect(all.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
			expect(all[0]!.runs.filter(({ finishedAt }) => finishedAt === null)).toMatchObject([
				{ entity: 'invoice', status: 'waiting' },
			]);
		});

		it('says so where the hub has no sync', async () => {
			await f.subscribe(['contact.updated']);
			await outage();

			const [gap] = await f.gaps({ isSyncOn: false });

			expect(gap).toMatchObject({ state: 'waiting', waitingFor: 'sync_off' });
			expect(describeGap(gap!)).toContain('HUB_SYNC=off');
			expect(await alerts(false)).toHaveLength(1);
			f.advance(8 * DAY);
			expect(await alerts(false)).toEqual([]);
		});
	});

	describe('a hole in Xero’s numbers', () => {
		async function unbroken(count: number) {
			for (let number = 1; number <= count; number += 1) {
				await sent(number, number);
				f.advance(MINUTE);
			}
		}

		it('is a gap once it is too old to be late', async () => {
			await f.subscribe(['contact.updated']);
			await unbroken(12);
			const before = f.now() - MINUTE;
			f.advance(10 * MINUTE);
			await sent(15, 16);
			f.advance(10 * MINUTE);
			expect(await findJumps(f.db, engine, f.now())).toBe(0);
			f.advance(11 * MINUTE);

			const found = await findJumps(f.db, engine, f.now());

			expect(found).toBe(1);
			expect(await f.gaps()).toMatchObject([{ kind: 'sequence', from: before, state: 'found' }]);
			expect(await findJumps(f.db, engine, f.now())).toBe(0);
		});

		it('is none when the numbers come late', async () => {
			await f.subscribe(['contact.updated']);
			await unbroken(12);
			await sent(15, 16);
			await sent(14, 14);
			await sent(13, 13);
			f.advance(HOUR);

			expect(await findJumps(f.db, engine, f.now())).toBe(0);
		});

		it('says nothing where the numbers have holes usually', async () => {
			await f.subscribe(['contact.updated']);
			for (const number of [1, 4, 9, 12, 20, 31]) await sent(number, number);
			f.advance(HOUR);

			expect(await findJumps(f.db, engine, f.now())).toBe(0);
		});
	});

	describe('a webhook that does not come', () => {
		it('is a gap where a sync has told the change half an hour ago', async () => {
			await f.subscribe(['contact.updated', 'contact.created']);
			await f.stream('contact');
			await f.runDue();
			await webhook(1, change(1));
			const heard = f.now();
			f.advance(HOUR);
			change(1);
			f.advance(10 * MINUTE);
			await f.runDue();
			const since = f.now() - DAY;
			f.advance(10 * MINUTE);
			expect(await findSilence(f.db, { since, now: f.now() })).toBe(0);
			f.advance(30 * MINUTE);

			const found = await findSilence(f.db, { since, now: f.now() });

			expect(found).toBe(1);
			expect(await f.gaps()).toMatchObject([{ kind: 'silence', from: heard, until: f.now() }]);
			f.advance(MINUTE);
			expect(await findSilence(f.db, { since, now: f.now() })).toBe(0);
		});

		it('is none where a webhook has come since, or never did', async () => {
			await f.subscribe(['contact.updated', 'contact.created']);
			await f.stream('contact');
			await f.runDue();
			f.advance(HOUR);
			change(1);
			f.advance(MINUTE);
			await f.runDue();
			f.advance(HOUR);
			expect(await findSilence(f.db, { since: f.now() - DAY, now: f.now() })).toBe(0);
			await webhook(2, f.now());
			f.advance(MINUTE);

			expect(await findSilence(f.db, { since: f.now() - DAY, now: f.now() })).toBe(0);
		});
	});

	describe('a webhook that was switched on again', () => {
		it('was off where nothing had come for a day', async () => {
			await f.subscribe(['contact.updated']);
			await webhook(1, f.now());
			const last = f.now();
			f.advance(30 * HOUR);

			await f.accept([]);
			await f.accept([]);

			expect(await f.gaps()).toMatchObject([{ kind: 'disabled', from: last, until: f.now() }]);
		});

		it('was only checked where something had come', async () => {
			await f.subscribe(['contact.updated']);
			await webhook(1, f.now());
			f.advance(20 * HOUR);

			await f.accept([]);

			expect(await f.gaps()).toEqual([]);
		});
	});

	it('is not found again where another covers it', async () => {
		await f.subscribe(['contact.updated']);
		const from = f.now();
		f.advance(3 * HOUR);
		await noteGap(f.db, { kind: 'outage', from, until: f.now() }, f.now());
		await f.repair();

		await noteGap(f.db, { kind: 'sequence', from: from + HOUR, until: f.now() }, f.now());

		expect(await f.gaps()).toHaveLength(1);
	});

	it('is listed newest first, page by page, by organisation, and for its workspace only', async () => {
		await f.subscribe(['contact.updated']);
		const reader = createGapReader(f.db, { isSyncOn: true });
		for (let times = 0; times < 3; times += 1) {
			const from = f.now();
			f.advance(2 * HOUR);
			await noteGap(f.db, { kind: 'outage', from, until: f.now() - HOUR }, f.now());
		}
		const other = await f.workspaces.create({ name: 'Other' });

		const first = await reader.list(f.workspace.id, { limit: 2 });
		const cursor = first.nextCursor ?? undefined;
		const second = await reader.list(f.workspace.id, { limit: 2, cursor });

		expect([...first.items, ...second.items].map(({ until }) => until)).toEqual(
			[1, 3, 5].map((hours) => f.now() - hours * HOUR),
		);
		expect(second.nextCursor).toBeNull();
		const of = async (workspaceId: string, tenantId?: string) =>
			(await reader.list(workspaceId, { limit: 9, tenantId })).items.length;
		expect(await of(f.workspace.id, TENANT.toUpperCase())).toBe(3);
		expect(await of(f.workspace.id, OTHER_TENANT)).toBe(0);
		expect(await of(other.id)).toBe(0);
	});

	it('is found where the clock was a day ahead for a while before', async () => {
		await f.subscribe(['contact.updated']);
		await f.pulse.beat();
		f.advance(DAY);
		await f.pulse.beat();
		await f.repair();
		f.advance(-DAY);
		await f.pulse.beat();
		await outage(() => void change(1));

		await f.repair();

		expect(await f.told()).toEqual([`${guid(1)} updated`]);
	});

	it('goes with its connection', async () => {
		await f.subscribe(['contact.updated']);
		await outage();
		await f.beginRepairs();

		await f.db.deleteFrom('connections').execute();

		expect(await f.gaps()).toEqual([]);
		expect(await f.db.selectFrom('gap_repairs').selectAll().execute()).toEqual([]);
	});
});
