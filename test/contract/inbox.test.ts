import { ENGINES } from '../support/freshLedger';
import { anEvent, ledgerFixture, type LedgerFixture } from './ledgerFixture';
import { NO_WEBHOOK_KEYS } from '../support/noWebhookKeys';

describe.each(ENGINES)('inbox on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const put = (body: string, workspaceId = f.workspace.id) =>
		f.inbox.accept({
			workspaceId,
			body: Buffer.from(body),
			signedWith: 'previous',
			keysVersion: NO_WEBHOOK_KEYS,
		});

	it('keeps the bytes that Xero signed, and with which key', async () => {
		await put('{"events":[],"firstEventSequence": 0,"entropy": "ÆØÅ"}');

		const payload = await f.db.selectFrom('payloads').selectAll().executeTakeFirstOrThrow();

		expect(payload.body.toString('utf8')).toBe(
			'{"events":[],"firstEventSequence": 0,"entropy": "ÆØÅ"}',
		);
		expect(payload).toMatchObject({ signed_with: 'previous', received_at: f.now() });
	});

	it('gives each payload to routing once, the oldest first', async () => {
		for (let n = 0; n < 3; n += 1) await put(JSON.stringify({ events: [anEvent()] }));

		const rounds = [await f.route(2), await f.route(2), await f.route(2)];

		expect(rounds.map(({ payloads }) => payloads)).toEqual([2, 1, 0]);
	});

	it('gives a payload again when routing failed half-way', async () => {
		await put(JSON.stringify({ events: [anEvent()] }));
		await f.subscribe(['*']);
		await f.db.schema.alterTable('deliveries').renameTo('elsewhere').execute();
		await expect(f.route(10)).rejects.toThrow();
		await f.db.schema.alterTable('elsewhere').renameTo('deliveries').execute();

		const routed = await f.route(10);

		expect(routed).toMatchObject({ payloads: 1, newEvents: 1, newDeliveries: 1 });
	});

	it('fails only the payload that cannot be written, and keeps its neighbours', async () => {
		const results = await Promise.allSettled([
			put('{"events":[]}'),
			put('{"events":[]}', 'no-such-workspace'),
			put('{"events":[]}'),
		]);

		expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect(await f.db.selectFrom('payloads').selectAll().execute()).toHaveLength(2);
	});

	it('takes more payloads at once than one statement can hold', async () => {
		await Promise.all(Array.from({ length: 1_500 }, () => put('{"events":[]}')));

		expect(await f.db.selectFrom('payloads').selectAll().execute()).toHaveLength(1_500);
	});
});
