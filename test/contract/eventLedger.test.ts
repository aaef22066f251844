import { ENGINES } from '../support/freshLedger';
import { anEvent, ledgerFixture, OTHER_TENANT, TENANT, type LedgerFixture } from './ledgerFixture';

describe.each(ENGINES)('event ledger on %s', (engine) => {
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
		const inAnotherPayload = await f.accept([event], '{"other":"bytes"}');

		expect(first).toEqual({ newEvents: 1, newDeliveries: 1 });
		expect(again).toEqual({ newEvents: 0, newDeliveries: 0 });
		expect(inAnotherPayload).toEqual({ newEvents: 0, newDeliveries: 0 });
		expect((await f.reader.events(f.workspace.id, { limit: 10 })).items).toHaveLength(1);
	});

	it('keeps one event when the same payload arrives many times at once', async () => {
		await f.subscribe(['contact.updated']);
		const event = anEvent();

		const answers = await Promise.all(Array.from({ length: 50 }, () => f.accept([event])));

		expect(answers.reduce((sum, { newEvents }) => sum + newEvents, 0)).toBe(1);
		expect((await f.reader.deliveries(f.workspace.id, { limit: 10 })).items).toHaveLength(1);
	});

	it('tells two changes of one record apart by their time', async () => {
		const first = anEvent();

		await f.accept([first, { ...first, eventDateUtc: '2026-11-02T09:00:00.124' }]);

		expect((await f.reader.events(f.workspace.id, { limit: 10 })).items).toHaveLength(2);
	});

	it('keeps the bytes that Xero signed', async () => {
		await f.accept([], '{"events":[],"firstEventSequence": 0,"entropy": "ÆØÅ"}');

		const payload = await f.db.selectFrom('payloads').selectAll().executeTakeFirstOrThrow();

		expect(payload.body.toString('utf8')).toBe(
			'{"events":[],"firstEventSequence": 0,"entropy": "ÆØÅ"}',
		);
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

		expect(accepted).toEqual({ newEvents: 1, newDeliveries: 0 });
	});

	it('lets an invoice event wait for its record where sales and bills are told apart', async () => {
		await f.subscribe(['bill.updated']);

		await f.accept([anEvent({ category: 'INVOICE' })]);

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

		await f.accept([], '{"events":[]}');

		const row = await f.db.selectFrom('app_keys').select('handshake_at').executeTakeFirst();
		expect(row?.handshake_at).toBe(f.now());
	});

	it('fails only the payload that cannot be written, and keeps its neighbours', async () => {
		const good = anEvent();
		const results = await Promise.allSettled([
			f.accept([good]),
			f.events.accept({
				workspaceId: 'no-such-workspace',
				body: Buffer.from('{}'),
				signedWith: 'current',
				events: [],
			}),
			f.accept([anEvent()]),
		]);

		expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect((await f.reader.events(f.workspace.id, { limit: 10 })).items).toHaveLength(2);
	});

	it('takes a payload of thousands of events in one transaction', async () => {
		await f.subscribe(['*']);

		const accepted = await f.accept(Array.from({ length: 3_000 }, () => anEvent()));

		expect(accepted).toEqual({ newEvents: 3_000, newDeliveries: 3_000 });
	});
});
