import { forgetBaselines } from '../../hub-server/src/sync/forgetBaselines';
import { createKeepRead } from '../../hub-server/src/relay/keepRead';
import { createRecordLedger } from '../../hub-server/src/relay/recordLedger';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { anEvent, TENANT } from './ledgerFixture';
import { syncFixture, type SyncFixture } from './syncFixture';

const HOUR = 3600_000;
const ATTEMPT = { startedAt: 0, ms: 3, statusCode: 500, responseBody: 'no' };

describe.each(ENGINES)('records that webhooks make the hub read, on %s', (engine) => {
	let f: SyncFixture;
	beforeEach(async () => {
		f = await syncFixture(engine);
		change('Ann', f.now() - HOUR);
		await f.stream('contact');
		await f.runDue();
		f.advance(HOUR);
	});
	afterEach(() => f.close());

	const id = guid(1);
	const recordOf = (name: string, at: number) => ({
		ContactID: id,
		Name: name,
		ContactStatus: 'ACTIVE',
		UpdatedDateUTC: `/Date(${at}+0000)/`,
	});
	function change(name: string, updatedAt: number) {
		f.xero.put('Contacts', { id, updatedAt, members: { Name: name, ContactStatus: 'ACTIVE' } });
	}
	const webhook = (at: number) =>
		f.accept([anEvent({ resourceId: id, eventDateUtc: new Date(at).toISOString().slice(0, -1) })]);
	/** Xero answers what waits for its record. */
	async function read(name: string, at: number) {
		const ledger = createRecordLedger({
			db: f.db,
			engine,
			now: f.now,
			keepRead: createKeepRead({ recordSealOf: f.recordSealOf, keepsRecords: true }),
		});
		f.advance(250);
		const claimed = await ledger.claim({ limit: 100, leaseMs: 60_000 });
		const outcome = { kind: 'ready', record: recordOf(name, at) } as const;
		await ledger.finish(claimed.map((event) => ({ event, outcome })));
		return claimed.length;
	}

	it('are known from then on, and the event says what changed', async () => {
		await f.subscribe(['contact.updated'], { hydrate: true });
		const at = f.now();
		change('Anne', at);
		await webhook(at + 100);

		await read('Anne', at);

		const { event } = await f.claimOne();
		expect(event.difference).toEqual({ changed: ['Name'], previous: { Name: 'Ann' } });
		const known = await f.known.record(f.workspace.id, { tenantId: TENANT, entity: 'contact', id });
		expect(known).toMatchObject({ version: String(at), record: { Name: 'Anne' } });
	});

	it('are told once where two webhooks of two changes find the same state', async () => {
		const subscription = await f.subscribe(['contact.updated'], { hydrate: true });
		const raw = await f.subscribe(['raw'], { url: 'https://n8n.example.com/webhook/raw' });
		const at = f.now();
		await webhook(at - 5_000);
		await webhook(at);

		await read('Anne', at);
		await read('Anne', at);

		const events = await f.db.selectFrom('events').select(['id', 'same_as']).execute();
		const [told, ...others] = events.filter((event) => event.same_as === null);
		const same = events.find((event) => event.same_as !== null);
		expect([others, same?.same_as]).toEqual([[], told?.id]);
		expect(await f.handed(subscription.id)).toEqual([id]);
		expect(await f.handed(raw.id)).toEqual([id, id]);
	});

	it('are told to whoever takes only the later of two webhooks', async () => {
		const subscription = await f.subscribe(['contact.updated'], { hydrate: true });
		const at = f.now();
		const created = anEvent({ resourceId: id, eventType: 'CREATE' });
		await f.accept([{ ...created, eventDateUtc: new Date(at - 100).toISOString().slice(0, -1) }]);
		await webhook(at);

		await read('Anne', at);
		await read('Anne', at);

		expect(await f.handed(subscription.id)).toEqual([id]);
	});

	it('are told by no sync again', async () => {
		const subscription = await f.subscribe(['contact.updated'], { hydrate: true });
		const at = f.now();
		change('Anne', at);
		await webhook(at + 100);
		await read('Anne', at);
		f.advance(HOUR);

		await f.runDue();

		expect(await f.handed(subscription.id)).toEqual([id]);
	});

	it('say what changed where the sync read the change before them', async () => {
		await f.subscribe(['contact.updated'], { hydrate: true });
		const at = f.now();
		change('Anne', at);
		await webhook(at + 100);
		f.advance(60_000);
		await f.runDue();

		await read('Anne', at);

		const { event } = await f.claimOne();
		expect(event.difference).toMatchObject({ previous: { Name: 'Ann' } });
	});

	it('are told once where the webhook of an earlier change is read after the sync told a later one', async () => {
		const subscription = await f.subscribe(['contact.updated'], { hydrate: true });
		const first = f.now();
		change('Anne', first);
		await webhook(first + 100);
		f.advance(30_000);
		const second = f.now();
		change('Anna', second);
		f.advance(60_000);
		await f.runDue();

		await read('Anna', second);

		expect(await f.handed(subscription.id)).toEqual([id]);
	});

	it('pass the filter of a subscription by what changed', async () => {
		const names = await f.subscribe(['contact.updated'], {
			url: 'https://n8n.example.com/names',
			filter: { changed: ['Name'] },
		});
		const emails = await f.subscribe(['contact.updated'], {
			url: 'https://n8n.example.com/emails',
			filter: { changed: ['EmailAddress'] },
		});
		const at = f.now();
		change('Anne', at);
		await webhook(at + 100);

		await read('Anne', at);

		expect(await f.handed(names.id)).toEqual([id]);
		expect(await f.handed(emails.id)).toEqual([]);
	});

	it('pass the filter by what changed when they are replayed, too', async () => {
		const emails = await f.subscribe(['contact.updated'], {
			url: 'https://n8n.example.com/emails',
			filter: { changed: ['EmailAddress'] },
		});
		const names = await f.subscribe(['contact.updated'], { filter: { changed: ['Name'] } });
		const at = f.now();
		change('Anne', at);
		await webhook(at + 100);
		await read('Anne', at);
		const one = await f.claimOne();
		await f.deliveries.finish(one, { kind: 'dead', reason: 'used up' }, ATTEMPT);

		await f.replayRange({ since: 0, until: f.now() + 1, status: 'undelivered' });

		expect(await f.handed(emails.id)).toEqual([]);
		expect(await f.handed(names.id)).toEqual([id, id]);
		expect(await f.claimOne()).toMatchObject({ named: { classified: true }, isReplay: true });
	});

	it('pass a filter that was changed while they waited for their turn', async () => {
		await f.subscribe(['contact.updated'], { hydrate: true });
		const at = f.now();
		change('Anne', at);
		await webhook(at + 100);
		await read('Anne', at);
		await f.subscribe(['contact.updated'], { filter: { changed: ['EmailAddress'] } });

		expect(await f.claimOne()).toMatchObject({ named: null });
	});

	it('are not kept where the organisation has its sync off', async () => {
		await f.connections.setSyncs(f.workspace.id, f.connectionId, false);
		await f.subscribe(['contact.updated'], { hydrate: true });
		const at = f.now();
		await webhook(at + 100);

		await read('Anne', at);

		const known = await f.known.record(f.workspace.id, { tenantId: TENANT, entity: 'contact', id });
		expect(known.record).toMatchObject({ Name: 'Ann' });
	});

	it('tells nothing at the first run after a restore, and what comes after it', async () => {
		const subscription = await f.subscribe(['contact.updated']);
		change('Anne', f.now());
		f.advance(HOUR);
		await forgetBaselines(f.db, f.now());
		await f.runDue();
		const before = await f.handed(subscription.id);
		f.advance(HOUR);
		change('Anna', f.now() - 60_000);

		await f.runDue();

		expect(before).toEqual([]);
		expect(await f.handed(subscription.id)).toEqual([id]);
	});
});
