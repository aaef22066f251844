import { appendEvents, type NewEvent } from '../../hub-server/src/events/appendEvents';
import { relayBody } from '../../hub-server/src/relay/relayBody';
import { ENGINES } from '../support/freshLedger';
import { waitingForLocks } from '../support/waitingForLocks';
import { anEvent, CLAIM, ledgerFixture, TENANT, type LedgerFixture } from './ledgerFixture';

describe.each(ENGINES)('appending events on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	/** A contact that the hub itself found changed. */
	const found = (change: Partial<NewEvent> = {}): NewEvent => ({
		workspaceId: f.workspace.id,
		tenantId: TENANT,
		category: 'CONTACT',
		change: 'updated',
		resourceId: '00000000-0000-4000-9000-000000000001',
		resourceUrl: 'https://api.xero.com/api.xro/2.0/Contacts/00000000-0000-4000-9000-000000000001',
		eventDateUtc: '2026-11-02T09:00:00.123',
		occurredAt: f.now() - 1_000,
		receivedAt: f.now(),
		source: 'sync',
		payloadId: null,
		original: { data: { found: true } },
		isSwitchedOff: false,
		...change,
	});
	const append = (...events: NewEvent[]) =>
		f.db.transaction().execute((tx) => appendEvents(tx, engine, events, f.now()));

	it('takes what was found as it takes what was told, and says so in the delivery', async () => {
		await f.subscribe(['contact.updated']);

		const appended = await append(found());
		const [delivery] = await f.deliveries.claim(CLAIM);
		if (!delivery?.named) throw new Error('nothing was due');

		expect(appended).toEqual({
			newEvents: 1,
			newDeliveries: 1,
			due: [{ deliveryId: delivery.id, attempt: 1 }],
		});
		expect(relayBody(delivery, delivery.named)).toMatchObject({
			type: 'contact.updated',
			source: 'sync',
			occurredAt: new Date(f.now() - 1_000).toISOString(),
			data: { found: true },
		});
	});

	it('knows an event that was told already', async () => {
		await f.subscribe(['*']);
		const told = anEvent();
		await f.accept([told]);

		const appended = await append(
			found({ resourceId: told.resourceId, eventDateUtc: told.eventDateUtc }),
			found({ resourceId: told.resourceId, eventDateUtc: '2026-11-02T09:00:01' }),
		);

		expect(appended).toMatchObject({ newEvents: 1, newDeliveries: 1 });
	});

	it('keeps an event once that comes twice at a time', async () => {
		expect(await append(found(), found())).toEqual({
			newEvents: 1,
			newDeliveries: 0,
			due: [],
		});
	});

	if (engine === 'postgres') {
		it('leaves nothing waiting for a subscription that is discarded meanwhile', async () => {
			const { id } = await f.subscribe(['*']);

			const { discarded } = await f.db.transaction().execute(async (tx) => {
				await appendEvents(tx, engine, [found()], f.now());
				const discard = f.subscriptions.discard(f.workspace.id, id);
				await Promise.race([discard, waitingForLocks(f.db, 1)]);
				return { discarded: discard };
			});
			await discarded;

			const { items } = await f.reader.deliveries(f.workspace.id, { limit: 10 });
			expect(items.map(({ status }) => status)).toEqual(['cancelled']);
		});
	}

	it('undoes everything with the transaction', async () => {
		await f.subscribe(['*']);
		const failing = f.db.transaction().execute(async (tx) => {
			await appendEvents(tx, engine, [found()], f.now());
			throw new Error('what called it failed');
		});

		await expect(failing).rejects.toThrow('what called it failed');

		expect((await f.reader.events(f.workspace.id, { limit: 10 })).items).toEqual([]);
		expect((await f.reader.deliveries(f.workspace.id, { limit: 10 })).items).toEqual([]);
	});
});
