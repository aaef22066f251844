import { raiseAlert } from '../../hub-server/src/alerts/raiseAlert';
import { createReadKept } from '../../hub-server/src/events/keptUsage';
import { noteGap } from '../../hub-server/src/gaps/noteGap';
import { createKeepRead } from '../../hub-server/src/relay/keepRead';
import { createRecordLedger } from '../../hub-server/src/relay/recordLedger';
import { AGAIN_MS, createPurgeRecords } from '../../hub-server/src/retention/purgeRecords';
import { createWriteMemory } from '../../hub-server/src/writes/writeMemory';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { whereTextIsKept } from '../support/whereTextIsKept';
import { anEvent, CLAIM, OTHER_TENANT, TENANT } from './ledgerFixture';
import { syncFixture, type SyncFixture } from './syncFixture';
import { NO_WEBHOOK_KEYS } from '../support/noWebhookKeys';

const HOUR = 3600_000;

/** In everything that Xero says of the organisation that is removed, and of the one that stays. */
const MARK = 'Tamarillo';
const OTHER_MARK = 'Feijoa';

describe.each(ENGINES)('what is kept of an organisation that was removed, on %s', (engine) => {
	let f: SyncFixture;
	let purgeRecords: ReturnType<typeof createPurgeRecords>;
	beforeEach(async () => {
		f = await syncFixture(engine);
		await f.connect(f.workspace.id, OTHER_TENANT, 'client');
		purgeRecords = createPurgeRecords({ db: f.db, engine, now: f.now });
	});
	afterEach(() => f.close());

	const eventOf = (tenantId: string, mark: string) =>
		anEvent({ tenantId, ...{ resourceId: guid(1), data: { Name: mark, id: tenantId } } });
	/** As far as it goes now. @returns the steps that it took */
	async function purge() {
		let steps = 0;
		while (await purgeRecords()) steps += 1;
		return steps;
	}
	const remove = () => f.connections.remove(f.workspace.id, f.connectionId);
	const isOver = async () =>
		(await f.db.selectFrom('record_purges').select('id').execute()).length === 0;
	const bodies = async () =>
		(await f.db.selectFrom('payloads').select('body').orderBy('id').execute()).map(({ body }) =>
			body.toString(),
		);
	const accept = (body: string | object) =>
		f.inbox.accept({
			workspaceId: f.workspace.id,
			body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
			signedWith: 'current',
			keysVersion: NO_WEBHOOK_KEYS,
		});

	/** Everything that the hub learns of an organisation in a day. */
	async function fill() {
		const change = (name: string) =>
			f.xero.put('Contacts', { id: guid(1), updatedAt: f.now(), members: { Name: name } });
		await f.db
			.updateTable('connections')
			.set({ tenant_name: `${MARK} Ltd` })
			.where('id', '=', f.connectionId)
			.execute();
		await f.subscribe(['*'], { hydrate: true });
		change(MARK);
		const streamId = await f.stream('contact');
		await f.runDue();
		f.advance(2 * HOUR);
		change(`${MARK} Two`);
		await f.runDue();

		await f.accept([eventOf(TENANT, MARK), eventOf(OTHER_TENANT, OTHER_MARK)]);
		f.advance(250);
		const records = createRecordLedger({
			...{ db: f.db, engine, now: f.now },
			keepRead: createKeepRead({ recordSealOf: f.recordSealOf, keepsRecords: true }),
		});
		const claimed = await records.claim({ limit: 100, leaseMs: 60_000 });
		await records.finish(
			claimed.map((event) => ({
				event,
				outcome: {
					kind: 'ready',
					record: {
						ContactID: guid(1),
						Name: event.tenantId === TENANT ? `${MARK} Three` : OTHER_MARK,
						UpdatedDateUTC: `/Date(${f.now()}+0000)/`,
					},
				},
			})),
		);
		for (const delivery of await f.deliveries.claim(CLAIM)) {
			const responseBody = delivery.event.tenantId === TENANT ? MARK : OTHER_MARK;
			const attempt = { startedAt: f.now(), ms: 3, statusCode: 200, responseBody };
			await f.deliveries.finish(delivery, { kind: 'delivered' }, attempt);
		}

		const writes = createWriteMemory({
			...{ db: f.db, now: f.now, uptime: f.now },
			onFault: (cause) => {
				throw cause as Error;
			},
		});
		const answer = { Contacts: [{ ContactID: guid(1), Name: MARK, UpdatedDateUTC: '/Date(1)/' }] };
		const call = {
			workspaceId: f.workspace.id,
			tenantId: TENANT,
			method: 'POST',
			cause: { workflow: 'w', node: 'n' },
		};
		const sent = Buffer.from(JSON.stringify({ Contacts: [{ Name: MARK }] }));
		const open = await writes.begin({ ...call, path: '/api.xro/2.0/Contacts', body: sent });
		open!.end({ kind: 'answered', status: 200, body: Buffer.from(JSON.stringify(answer)) });
		await writes.idle();

		await noteGap(f.db, { kind: 'outage', from: f.now() - HOUR, until: f.now() }, f.now());
		for (const subject of [streamId, f.connectionId, TENANT]) {
			const alert = { workspaceId: f.workspace.id, kind: `about_${subject}`, subject };
			await raiseAlert(f.db, { ...alert, message: `Contacts of ${MARK} Ltd` }, f.now());
			await f.db
				.insertInto('alert_notices')
				.values({
					...{ id: `notice-${subject}`, workspace_id: f.workspace.id, channel_id: 'channel' },
					...{ alert_key: subject, kind: 'sweep_held', subject, message: `Of ${MARK} Ltd` },
					...{ raised_at: f.now(), gone_at: null, ended_at: null, raised_told_at: f.now() },
					...{ ended_told_at: null, attempt: 0, next_at: null, last_error: null },
				})
				.execute();
		}
	}

	it('is no text of it in any column of any table, and all that is the others’', async () => {
		await fill();
		const before = await whereTextIsKept(f.db, MARK);
		const others = await whereTextIsKept(f.db, OTHER_MARK);

		await remove();
		f.advance(HOUR);
		await purge();

		expect([...before].sort()).toEqual([
			'alert_notices.message',
			'alerts.message',
			'attempts.response_body',
			'connections.tenant_name',
			'events.original',
			'events.previous',
			'events.record',
			'payloads.body',
		]);
		expect(await whereTextIsKept(f.db, MARK)).toEqual([]);
		expect(await whereTextIsKept(f.db, OTHER_MARK)).toEqual(others);
		expect(await whereTextIsKept(f.db, TENANT)).toEqual([
			// The accounts: which event of which organisation, and what is still to be done.
			...['alert_notices.alert_key', 'alert_notices.id', 'alert_notices.subject'],
			...['events.original', 'events.tenant_id', 'record_purges.tenant_id'],
		]);
		for (const table of ['sync_streams', 'sync_runs', 'overdue_marks', 'alerts'] as const) {
			expect([table, await f.db.selectFrom(table).selectAll().execute()]).toEqual([table, []]);
		}
	});

	it('are the accounts of what was delivered, with the names of its events', async () => {
		await fill();
		const accounts = () =>
			f.db
				.selectFrom('deliveries as d')
				.innerJoin('events as e', 'e.id', 'd.event_id')
				.select(['d.id', 'd.status', 'e.resource_id', 'e.occurred_at', 'e.types'])
				.orderBy('d.id')
				.execute();
		const before = await accounts();
		await remove();

		await purge();

		expect(before.length).toBeGreaterThan(1);
		expect(await accounts()).toEqual(before);
		const [told] = await f.db
			.selectFrom('events')
			.select(['original', 'record_state'])
			.where('tenant_id', '=', TENANT)
			.where('source', '=', 'webhook')
			.execute();
		expect(told!.record_state).toBe('not_needed');
		expect(JSON.parse(told!.original)).toMatchObject({ tenantId: TENANT, resourceId: guid(1) });
	});

	it('counts no more bytes than there are', async () => {
		await fill();
		await remove();

		await purge();

		const rows = await f.db.selectFrom('events').select(['original', 'record']).execute();
		const bytes = rows.map(({ original, record }) => Buffer.byteLength(original + (record ?? '')));
		expect(await createReadKept(f.db)()).toEqual({
			events: rows.length,
			bytes: bytes.reduce((sum, one) => sum + one, 0),
		});
	});

	it('is nothing of a payload that nobody else is in, and of others what is theirs', async () => {
		const other = eventOf(OTHER_TENANT, OTHER_MARK);
		await f.accept([eventOf(TENANT, MARK)]);
		await f.accept([eventOf(TENANT, MARK), other]);
		await f.accept([other]);
		await remove();

		await purge();

		const theirs = JSON.stringify({ events: [other] });
		expect(await bodies()).toEqual([theirs, theirs]);
	});

	it('is nothing of what was put aside, however it reads, and the rest can be routed again', async () => {
		const other = eventOf(OTHER_TENANT, OTHER_MARK);
		const unreadable = { Name: MARK, about: { tenant: TENANT.toUpperCase() } };
		await accept(`not JSON about ${TENANT}: ${MARK}`);
		await accept({ events: [unreadable, { ...other, resourceId: '' }, other] });
		await accept(`not JSON about ${OTHER_TENANT}: ${OTHER_MARK}`);
		await f.route(10);
		await f.route(10);
		await remove();

		await purge();

		expect(await bodies()).toEqual([
			JSON.stringify({ events: [{ ...other, resourceId: '' }, other] }),
			`not JSON about ${OTHER_TENANT}: ${OTHER_MARK}`,
		]);
		expect(await f.aside.routeAgain(f.workspace.id)).toBe(2);
	});

	it('goes from the payloads of workspaces that share its app, but for one that holds it too', async () => {
		const receiver = await f.workspaces.create({ name: 'Receiver' });
		const holder = await f.workspaces.create({ name: 'Holder' });
		await f.connect(receiver.id, '33333333-3333-4333-8333-333333333333', 'client');
		await f.connect(holder.id, TENANT, 'client');
		const body = Buffer.from(JSON.stringify({ events: [eventOf(TENANT, MARK)] }));
		for (const { id: workspaceId } of [receiver, holder]) {
			await f.inbox.accept({
				workspaceId,
				body,
				signedWith: 'current',
				keysVersion: NO_WEBHOOK_KEYS,
			});
		}
		while ((await f.route(10)).isMoreWaiting);
		await remove();

		await purge();

		const kept = await f.db.selectFrom('payloads').select('workspace_id').execute();
		expect(kept).toEqual([{ workspace_id: holder.id }]);
	});

	it('goes once more before a day is over, for what came late', async () => {
		await fill();
		await remove();
		await purge();
		const late = JSON.stringify({ events: [eventOf(TENANT, MARK)] });
		await accept(late);
		await f.route(10);
		await f.db
			.updateTable('events')
			.set({ record: JSON.stringify({ Name: MARK }) })
			.where('tenant_id', '=', TENANT)
			.execute();

		const early = await purge();
		f.advance(AGAIN_MS);
		await purge();

		expect(early).toBe(0);
		expect(await whereTextIsKept(f.db, MARK)).toEqual([]);
		expect(await isOver()).toBe(true);
		expect(AGAIN_MS).toBeLessThan(24 * HOUR);
	});

	it('goes a third time where a payload still waited to be routed', async () => {
		await remove();
		await purge();
		await accept({ events: [eventOf(TENANT, MARK)] });

		f.advance(AGAIN_MS);
		await purge();
		const waiting = await bodies();
		await f.route(10);
		f.advance(AGAIN_MS);
		await purge();

		expect(waiting).toHaveLength(1);
		expect(await bodies()).toEqual([]);
		expect(await isOver()).toBe(true);
	});

	it('goes in small steps, and after a crash from where it was', async () => {
		await fill();
		const events = Array.from({ length: 450 }, () => eventOf(TENANT, MARK)).map((event, at) => ({
			...event,
			resourceId: guid(100 + at),
		}));
		await f.accept(events);
		await remove();
		await purgeRecords();
		await purgeRecords();
		// Another process, that knows nothing but the ledger.
		const another = createPurgeRecords({ db: f.db, engine, now: f.now });
		let steps = 0;
		while (await another()) steps += 1;

		expect(steps).toBeGreaterThan(3);
		expect(await whereTextIsKept(f.db, MARK)).toEqual([]);
	});

	it('stays where it was connected anew meanwhile', async () => {
		await fill();
		await remove();
		f.advance(HOUR);
		await f.connect(f.workspace.id, TENANT, 'client');
		await f.db
			.updateTable('connections')
			.set({ created_at: f.now() })
			.where('tenant_id', '=', TENANT)
			.execute();
		await f.accept([{ ...eventOf(TENANT, 'Anew'), resourceId: guid(2) }]);

		await purge();

		expect(await whereTextIsKept(f.db, MARK)).toEqual([]);
		expect(await whereTextIsKept(f.db, 'Anew')).toEqual(['events.original', 'payloads.body']);
	});
});
