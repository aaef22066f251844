import { createAttemptDelivery } from '../../hub-server/src/relay/attemptDelivery';
import { createAppKeyStore } from '../../hub-server/src/workspaces/appKeyStore';
import { SWITCHED_OFF } from '../../hub-server/src/events/switchedOff';
import { ENGINES } from '../support/freshLedger';
import {
	anEvent,
	CLAIM,
	ledgerFixture,
	OTHER_TENANT,
	TENANT,
	type LedgerFixture,
} from './ledgerFixture';

/** Acme has the delivery URL of the app; Beta and Gamma are other workspaces. */
describe.each(ENGINES)('whose events are whose on %s', (engine) => {
	let f: LedgerFixture;
	let beta: string;
	let gamma: string;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
		beta = (await f.workspaces.create({ name: 'Beta' })).id;
		gamma = (await f.workspaces.create({ name: 'Gamma' })).id;
		for (const workspaceId of [f.workspace.id, beta, gamma]) {
			await f.subscribe(['*'], { workspaceId });
		}
	});
	afterEach(() => f.close());

	const eventsOf = async (workspaceId: string) =>
		(await f.reader.events(workspaceId, { limit: 10 })).items.map(({ tenantId }) => tenantId);
	const deliveriesOf = async (workspaceId: string) =>
		(await f.reader.deliveries(workspaceId, { limit: 10 })).items.map(({ status, reason }) => [
			status,
			reason,
		]);
	const range = () => ({ since: 0, until: f.now() + 1 });

	it('are those of the workspace that holds the organisation', async () => {
		await f.connect(f.workspace.id, TENANT, 'app');

		await f.accept([anEvent()]);

		expect(await deliveriesOf(f.workspace.id)).toEqual([['pending', null]]);
	});

	const hold = (workspaceId: string) =>
		f.db
			.updateTable('connections')
			.set({ held_at: f.now(), enabled: 0 })
			.where('workspace_id', '=', workspaceId)
			.execute();

	it("are nobody's while the organisation waits to be confirmed, and the next payload is routed", async () => {
		await f.connect(f.workspace.id, TENANT, 'app');
		await f.connect(beta, OTHER_TENANT, 'app');
		await hold(f.workspace.id);

		await f.accept([anEvent()]);
		await f.accept([anEvent(), anEvent({ tenantId: OTHER_TENANT })]);

		expect(await eventsOf(f.workspace.id)).toEqual([]);
		expect(await deliveriesOf(f.workspace.id)).toEqual([]);
		expect(await eventsOf(beta)).toEqual([OTHER_TENANT]);
	});

	it("are another workspace's alone while the organisation is held here", async () => {
		await f.connect(f.workspace.id, TENANT, 'app');
		await f.connect(beta, TENANT, 'app');
		await hold(f.workspace.id);

		await f.accept([anEvent()]);

		expect(await eventsOf(f.workspace.id)).toEqual([]);
		expect(await deliveriesOf(beta)).toEqual([['pending', null]]);
	});

	it("are the receiver's where nobody holds the organisation", async () => {
		await f.connect(f.workspace.id, OTHER_TENANT, 'app');
		await f.connect(beta, OTHER_TENANT, 'app');

		await f.accept([anEvent()]);

		expect(await deliveriesOf(f.workspace.id)).toEqual([['pending', null]]);
		expect(await eventsOf(beta)).toEqual([]);
	});

	it("are another workspace's alone that holds it through the same app", async () => {
		await f.connect(f.workspace.id, OTHER_TENANT, 'app');
		await f.connect(beta, TENANT, 'app');

		const routed = await f.accept([anEvent()]);

		expect(routed).toMatchObject({ newEvents: 1, newDeliveries: 1 });
		expect(await eventsOf(f.workspace.id)).toEqual([]);
		expect(await eventsOf(beta)).toEqual([TENANT]);
		expect(await deliveriesOf(beta)).toEqual([['pending', null]]);
	});

	it('are of both that hold it, each once', async () => {
		await f.connect(f.workspace.id, TENANT, 'app');
		await f.connect(beta, TENANT, 'app');
		const event = anEvent();

		await f.accept([event]);
		const again = await f.accept([event]);

		expect(again).toMatchObject({ newEvents: 0, newDeliveries: 0 });
		expect(await deliveriesOf(f.workspace.id)).toEqual([['pending', null]]);
		expect(await deliveriesOf(beta)).toEqual([['pending', null]]);
	});

	it('are never those of a workspace with an app of its own', async () => {
		await f.connect(f.workspace.id, OTHER_TENANT, 'app');
		await f.connect(gamma, TENANT, "gamma's own app");

		await f.accept([anEvent()]);

		expect(await eventsOf(gamma)).toEqual([]);
		expect(await eventsOf(f.workspace.id)).toEqual([TENANT]);
	});

	it("are not handed to others by who only typed in their app's client id", async () => {
		const keys = { clientId: 'app', clientSecret: 'made up' };
		await createAppKeyStore(f).save(f.workspace.id, keys);
		await f.connect(beta, TENANT, 'app');

		await f.accept([anEvent()]);
		await f.accept([]);

		expect(await eventsOf(beta)).toEqual([]);
		expect(await eventsOf(f.workspace.id)).toEqual([TENANT]);
		const checked = await f.db
			.selectFrom('app_keys')
			.select('workspace_id')
			.where('handshake_at', 'is not', null)
			.execute();
		expect(checked).toEqual([{ workspace_id: f.workspace.id }]);
	});

	it("are another workspace's once Xero has accepted the secret that the receiver saved", async () => {
		const appKeys = createAppKeyStore(f);
		await appKeys.save(f.workspace.id, { clientId: 'app', clientSecret: 'secret' });
		await f.db.updateTable('app_keys').set({ verified_at: f.now() }).execute();
		await f.connect(beta, TENANT, 'app');

		await f.accept([anEvent()]);

		expect(await eventsOf(beta)).toEqual([TENANT]);
	});

	it('have their intent-to-receive check noted in every workspace of the app', async () => {
		await f.connect(f.workspace.id, TENANT, 'app');
		await f.connect(beta, OTHER_TENANT, 'app');
		await f.connect(gamma, TENANT, 'another app');

		await f.accept([]);

		const rows = await f.db.selectFrom('app_keys').selectAll().execute();
		expect(rows.filter((row) => row.handshake_at !== null).map((row) => row.client_id)).toEqual([
			'app',
			'app',
		]);
	});

	describe('when the organisation is switched off', () => {
		let connection: string;
		beforeEach(async () => {
			connection = await f.connect(f.workspace.id, TENANT, 'app');
		});
		const switchTo = (enabled: boolean) =>
			f.connections.setEnabled(f.workspace.id, connection, enabled);

		it('are kept, and reach no workflow', async () => {
			await switchTo(false);

			const routed = await f.accept([anEvent()]);

			expect(routed).toMatchObject({ newEvents: 1, newDeliveries: 0 });
			expect(await eventsOf(f.workspace.id)).toEqual([TENANT]);
			expect(await deliveriesOf(f.workspace.id)).toEqual([['filtered', SWITCHED_OFF]]);
			expect(await f.deliveries.claim(CLAIM)).toEqual([]);
		});

		it('reach the other workspace that has it switched on', async () => {
			await f.connect(beta, TENANT, 'app');
			await switchTo(false);

			await f.accept([anEvent()]);

			expect(await deliveriesOf(f.workspace.id)).toEqual([['filtered', SWITCHED_OFF]]);
			expect(await deliveriesOf(beta)).toEqual([['pending', null]]);
		});

		it('have no record read for them', async () => {
			await f.subscribe(['bill.updated'], { hydrate: true, url: 'https://n8n.example.com/bills' });
			await switchTo(false);

			await f.accept([anEvent({ eventCategory: 'INVOICE' })]);
			f.advance(60_000);

			expect(await f.records.claim({ limit: 10, leaseMs: 1_000 })).toEqual([]);
		});

		it('are not sent any more where they still waited for their turn', async () => {
			await f.accept([anEvent()]);
			await switchTo(false);
			const [claimed] = await f.deliveries.claim(CLAIM);
			const attempt = createAttemptDelivery({
				ledger: f.deliveries,
				secrets: f.secrets,
				targets: {
					dispatcherFor: () => {
						throw new Error('It was to be sent.');
					},
				},
				now: f.now,
				random: Math.random,
			});

			if (claimed) await attempt(claimed);

			expect(await deliveriesOf(f.workspace.id)).toEqual([['filtered', SWITCHED_OFF]]);
		});

		it('are not replayed, one by one or by time', async () => {
			await f.accept([anEvent()]);
			const [delivery] = (await f.reader.deliveries(f.workspace.id, { limit: 1 })).items;
			await switchTo(false);

			await expect(
				f.replays.replayDelivery(f.workspace.id, delivery?.id ?? ''),
			).rejects.toMatchObject({ code: 'conflict', message: SWITCHED_OFF });
			expect(await f.replayRange(range())).toMatchObject({ deliveries: 0, made: 0 });

			// Its turn comes, and then it is filtered.
			expect(await deliveriesOf(f.workspace.id)).toEqual([['pending', null]]);
		});

		it('can be sent once it is on again', async () => {
			await switchTo(false);
			await f.accept([anEvent()]);
			const [delivery] = (await f.reader.deliveries(f.workspace.id, { limit: 1 })).items;
			await switchTo(true);

			await f.replays.replayDelivery(f.workspace.id, delivery?.id ?? '');
			expect(await f.replayRange(range())).toMatchObject({ deliveries: 1, made: 1 });

			expect(await f.deliveries.claim(CLAIM)).toHaveLength(1);
		});
	});
});
