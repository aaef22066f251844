import { sql } from 'kysely';
import { openDatabase } from '../../hub-server/src/database/openDatabase';
import { NotFoundError } from '../../hub-server/src/errors/requestErrors';
import { createRoutePayloads } from '../../hub-server/src/webhooks/routePayloads';
import { ENGINES } from '../support/freshLedger';
import { anEvent, ledgerFixture, OTHER_TENANT, TENANT, type LedgerFixture } from './ledgerFixture';
import { NO_WEBHOOK_KEYS } from '../support/noWebhookKeys';

describe.each(ENGINES)('routing payloads on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	it('keeps an event once, however often Xero sends it', async () => {
		await f.subscribe(['contact.updated']);
		const event = anEvent();

		const first = await f.accept([event]);
		const again = await f.accept([event]);
		const besideAnother = await f.accept([event, anEvent()]);

		expect(first).toMatchObject({ newEvents: 1, newDeliveries: 1 });
		expect(again).toMatchObject({ newEvents: 0, newDeliveries: 0 });
		expect(besideAnother).toMatchObject({ newEvents: 1, newDeliveries: 1 });
	});

	it('keeps one event when several processes route copies of it at once', async () => {
		await f.subscribe(['contact.updated']);
		const event = anEvent();
		const body = Buffer.from(JSON.stringify({ events: [event] }));
		await Promise.all(
			Array.from({ length: 50 }, () =>
				f.inbox.accept({
					workspaceId: f.workspace.id,
					body,
					signedWith: 'current',
					keysVersion: NO_WEBHOOK_KEYS,
				}),
			),
		);

		const rounds = await Promise.all(Array.from({ length: 10 }, () => f.route(5)));

		expect(rounds.reduce((sum, { payloads }) => sum + payloads, 0)).toBe(50);
		expect(rounds.reduce((sum, { newEvents }) => sum + newEvents, 0)).toBe(1);
		expect((await f.reader.deliveries(f.workspace.id, { limit: 10 })).items).toHaveLength(1);
	});

	it('tells two changes of one record apart by their time', async () => {
		const first = anEvent();

		await f.accept([first, { ...first, eventDateUtc: '2026-11-02T09:00:00.124' }]);

		expect((await f.reader.events(f.workspace.id, { limit: 10 })).items).toHaveLength(2);
	});

	it('plans a delivery for each subscription that asks for the event, and for no other', async () => {
		const wanted = await f.subscribe(['contact.updated'], { url: 'https://n8n.example.com/a' });
		await f.subscribe(['contact.created'], { url: 'https://n8n.example.com/b' });
		await f.subscribe(['*'], { url: 'https://n8n.example.com/c', tenantIds: [OTHER_TENANT] });
		const everything = await f.subscribe(['*'], { url: 'https://n8n.example.com/d' });

		await f.accept([anEvent({ tenantId: TENANT })]);

		const { items } = await f.reader.deliveries(f.workspace.id, { limit: 10 });
		expect(items.map(({ subscriptionId }) => subscriptionId).sort()).toEqual(
			[wanted.id, everything.id].sort(),
		);
	});

	it('stores an event that nobody asks for, so that it can be replayed later', async () => {
		const accepted = await f.accept([anEvent()]);

		expect(accepted).toMatchObject({ newEvents: 1, newDeliveries: 0 });
	});

	it('lets an invoice event wait for its record where sales and bills are told apart', async () => {
		await f.subscribe(['bill.updated']);

		await f.accept([anEvent({ eventCategory: 'INVOICE' })]);

		const { items } = await f.reader.deliveries(f.workspace.id, { limit: 10 });
		expect(items.map(({ status }) => status)).toEqual(['waiting']);
	});

	it('notes when a correctly signed intent-to-receive check came', async () => {
		await f.db
			.insertInto('app_keys')
			.values({
				workspace_id: f.workspace.id,
				client_id: 'id',
				client_secret: 'sealed',
				webhook_key: null,
				previous_webhook_key: null,
				previous_webhook_key_until: null,
				scopes: '',
				tier: 'starter',
				handshake_at: null,
				updated_at: f.now(),
			})
			.execute();

		await f.accept([]);

		const row = await f.db.selectFrom('app_keys').select('handshake_at').executeTakeFirst();
		expect(row?.handshake_at).toBe(f.now());
	});

	it('keeps the readable events of a payload and says what is wrong with the rest', async () => {
		const routed = await f.accept([anEvent(), { eventCategory: 'CONTACT' }]);

		expect(routed).toMatchObject({
			newEvents: 1,
			faults: ['payload-1: events[1]: without tenantId, resourceId, eventType'],
		});
	});

	describe('where one payload is bad', () => {
		const bodyOf = (...events: object[]) => Buffer.from(JSON.stringify({ events }));
		const put = (body: Buffer, workspaceId = f.workspace.id) =>
			f.inbox.accept({ workspaceId, body, signedWith: 'current', keysVersion: NO_WEBHOOK_KEYS });
		const routeAll = async () => {
			while ((await f.route(25)).isMoreWaiting);
		};
		const eventsOf = async (workspaceId: string) =>
			(await f.reader.events(workspaceId, { limit: 200 })).items;
		const asideOf = async (workspaceId: string) =>
			(await f.aside.list(workspaceId, { limit: 10 })).items;

		/** What the ledger itself refuses, though it could be read. */
		async function refuse(resourceId: string): Promise<void> {
			const when = `new.resource_id = '${resourceId}'`;
			if (engine === 'sqlite') {
				await sql
					.raw(
						`create trigger refuse before insert on events when ${when} begin select raise(abort, 'refused'); end`,
					)
					.execute(f.db);
				return;
			}
			await sql
				.raw(
					`create function refuse() returns trigger language plpgsql as $$ begin if ${when} then raise exception 'refused'; end if; return new; end $$`,
				)
				.execute(f.db);
			await sql
				.raw('create trigger refuse before insert on events for each row execute function refuse()')
				.execute(f.db);
		}

		it.each([
			[
				'nested 100,000 deep',
				Buffer.from(`{"events":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
			],
			['with a NUL in an id', bodyOf(anEvent({ resourceId: 'a\0b' }))],
			['with an id of a megabyte', bodyOf(anEvent({ resourceId: 'x'.repeat(900_000) }))],
			['with 300,000 entries', Buffer.from(`{"events":[${'7,'.repeat(299_999)}7]}`)],
			['that is no JSON', Buffer.from('{"events":')],
		])('puts one %s aside and routes all others', async (_what, bad) => {
			const other = await f.workspaces.create({ name: 'Other' });
			await put(bodyOf(anEvent()));
			await put(bad);
			await put(bodyOf(anEvent()));
			await put(bodyOf(anEvent()), other.id);

			await routeAll();

			expect(await eventsOf(f.workspace.id)).toHaveLength(2);
			expect(await eventsOf(other.id)).toHaveLength(1);
			expect(await asideOf(f.workspace.id)).toEqual([
				expect.objectContaining({ fault: expect.stringMatching(/./), bytes: bad.length }),
			]);
			expect(await asideOf(other.id)).toEqual([]);
		});

		it('puts the one aside that the ledger refuses, and routes what was in its round', async () => {
			const refused = anEvent();
			await refuse(refused.resourceId);
			await put(bodyOf(anEvent()));
			await put(bodyOf(refused));
			await put(bodyOf(anEvent()));

			await routeAll();

			expect(await eventsOf(f.workspace.id)).toHaveLength(2);
			expect(await asideOf(f.workspace.id)).toEqual([
				expect.objectContaining({ fault: 'it could not be written down: refused' }),
			]);
		});

		it('routes it again when asked, doubling nothing, and once more to no avail', async () => {
			await f.subscribe(['*']);
			const [good, refused] = [anEvent(), anEvent()];
			await refuse(refused.resourceId);
			await put(bodyOf(good, refused));
			await put(bodyOf(good));
			await routeAll();
			expect(await f.aside.routeAgain(f.workspace.id)).toBe(1);
			await routeAll();
			expect(await asideOf(f.workspace.id)).toHaveLength(1);
			await sql
				.raw('drop trigger refuse' + (engine === 'postgres' ? ' on events' : ''))
				.execute(f.db);

			await f.aside.routeAgain(f.workspace.id);
			await routeAll();

			expect(await asideOf(f.workspace.id)).toEqual([]);
			expect(await eventsOf(f.workspace.id)).toHaveLength(2);
			expect((await f.reader.deliveries(f.workspace.id, { limit: 10 })).items).toHaveLength(2);
		});

		it('asks nobody about one that was dismissed, and keeps its bytes', async () => {
			await put(Buffer.from('no JSON'));
			await routeAll();
			const [{ id } = { id: '' }] = await asideOf(f.workspace.id);
			expect((await f.aside.get(f.workspace.id, id)).body.toString()).toBe('no JSON');

			expect(await f.aside.dismiss(f.workspace.id, id)).toBe(1);

			expect(await asideOf(f.workspace.id)).toEqual([]);
			await expect(f.aside.get(f.workspace.id, id)).rejects.toThrow(NotFoundError);
			const kept = await f.db.selectFrom('payloads').select('body').executeTakeFirst();
			expect(kept?.body.toString()).toBe('no JSON');
		});

		it('shows and changes nothing of another workspace', async () => {
			const other = await f.workspaces.create({ name: 'Other' });
			await put(Buffer.from('no JSON'));
			await routeAll();
			const [{ id } = { id: '' }] = await asideOf(f.workspace.id);

			await expect(f.aside.get(other.id, id)).rejects.toThrow(NotFoundError);
			expect(await f.aside.routeAgain(other.id, id)).toBe(0);
			expect(await f.aside.dismiss(other.id)).toBe(0);

			expect(await asideOf(f.workspace.id)).toHaveLength(1);
		});

		it('puts nothing aside because the ledger is away: it stays waiting', async () => {
			await put(bodyOf(anEvent()));
			const second = await openDatabase(f.location);
			const route = createRoutePayloads({ db: second.db, engine, now: f.now });
			await second.close();

			await expect(route(25)).rejects.toThrow(/destroyed/);

			expect(await f.route(25)).toMatchObject({ payloads: 1, newEvents: 1 });
			expect(await asideOf(f.workspace.id)).toEqual([]);
		});
	});

	it('lets workspaces take turns: a backlog of one does not delay another', async () => {
		const others = await Promise.all(['B', 'C', 'D'].map((name) => f.workspaces.create({ name })));
		const put = (workspaceId: string) =>
			f.inbox.accept({
				workspaceId,
				body: Buffer.from(JSON.stringify({ events: [anEvent()] })),
				signedWith: 'current',
				keysVersion: NO_WEBHOOK_KEYS,
			});
		await Promise.all(Array.from({ length: 400 }, () => put(f.workspace.id)));
		await Promise.all(others.map(({ id }) => put(id)));

		await f.route(25);

		for (const { id } of others) {
			expect((await f.reader.events(id, { limit: 10 })).items).toHaveLength(1);
		}
	});

	it('comes to every workspace, however many wait', async () => {
		const many = await Promise.all(
			Array.from({ length: 27 }, (_, index) => f.workspaces.create({ name: `Many ${index}` })),
		);
		for (let round = 0; round < 3; round += 1) {
			for (const { id } of many) {
				const body = Buffer.from(JSON.stringify({ events: [anEvent()] }));
				await f.inbox.accept({
					workspaceId: id,
					body,
					signedWith: 'current',
					keysVersion: NO_WEBHOOK_KEYS,
				});
			}
		}

		for (let round = 0; round < 3; round += 1) await f.route(10);

		for (const { id } of many) {
			expect((await f.reader.events(id, { limit: 10 })).items.length).toBeGreaterThan(0);
		}
	});

	it('writes a long payload in short steps, and others between them', async () => {
		for (let n = 0; n < 30; n += 1)
			await f.subscribe(['*'], { url: `https://n8n.example.com/${n}` });
		const other = await f.workspaces.create({ name: 'Other' });
		const long = Array.from({ length: 1_000 }, () => anEvent());
		await f.inbox.accept({
			workspaceId: f.workspace.id,
			body: Buffer.from(JSON.stringify({ events: long })),
			signedWith: 'current',
			keysVersion: NO_WEBHOOK_KEYS,
		});
		await f.inbox.accept({
			workspaceId: other.id,
			body: Buffer.from(JSON.stringify({ events: [anEvent()] })),
			signedWith: 'current',
			keysVersion: NO_WEBHOOK_KEYS,
		});

		const first = await f.route(25);
		expect(first.newDeliveries).toBeLessThanOrEqual(400);
		expect((await f.reader.events(other.id, { limit: 10 })).items).toHaveLength(1);
		let newEvents = first.newEvents;
		let rounds = 1;
		for (let next = first; next.isMoreWaiting; rounds += 1) {
			next = await f.route(25);
			expect(next.newDeliveries).toBeLessThanOrEqual(400);
			newEvents += next.newEvents;
		}

		expect(newEvents).toBe(1_001);
		expect(rounds).toBeGreaterThan(20);
	});

	it('goes on where a crash left a long payload', async () => {
		await f.inbox.accept({
			workspaceId: f.workspace.id,
			body: Buffer.from(JSON.stringify({ events: Array.from({ length: 2_500 }, () => anEvent()) })),
			signedWith: 'current',
			keysVersion: NO_WEBHOOK_KEYS,
		});
		const { newEvents } = await f.route(25);

		const afterwards = createRoutePayloads({ db: f.db, engine, now: f.now });
		let rest = 0;
		for (let isMore = true; isMore;) {
			const next = await afterwards(25);
			rest += next.newEvents;
			isMore = next.isMoreWaiting;
		}

		expect(newEvents).toBe(400);
		expect(rest).toBe(2_100);
	});

	it('takes a payload of thousands of events', async () => {
		await f.subscribe(['*']);

		const accepted = await f.accept(Array.from({ length: 3_000 }, () => anEvent()));

		expect(accepted).toMatchObject({ newEvents: 3_000, newDeliveries: 3_000 });
	});
});
