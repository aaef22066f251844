import { ENGINES } from '../support/freshLedger';
import { anEvent, ledgerFixture, OTHER_TENANT, TENANT, type LedgerFixture } from './ledgerFixture';

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
				f.inbox.accept({ workspaceId: f.workspace.id, body, signedWith: 'current' }),
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
			faults: ['events[1]: without tenantId, resourceId, eventType'],
		});
	});

	it('takes a payload of thousands of events in one transaction', async () => {
		await f.subscribe(['*']);

		const accepted = await f.accept(Array.from({ length: 3_000 }, () => anEvent()));

		expect(accepted).toMatchObject({ newEvents: 3_000, newDeliveries: 3_000 });
	});
});
