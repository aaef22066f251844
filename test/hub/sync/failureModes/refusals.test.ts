import { syncedOrganisation, type SyncedOrganisation } from './syncedOrganisation';

describe('an organisation of which not everything may be read', () => {
	let o: SyncedOrganisation;
	beforeAll(async () => {
		o = await syncedOrganisation({
			entities: ['quote', 'bank_transaction'],
			// No accounting.banktransactions.
			scopes:
				'offline_access accounting.contacts accounting.settings accounting.invoices accounting.payments',
			refused: ['bank_transaction'],
		});
	}, 180_000);
	afterAll(() => o.close());
	afterEach(() => o.sandbox.setFaults({}));

	it('13: says of the stream without a scope which one is missing, and reads the others', async () => {
		const refused = await o.run('bank_transaction');
		const others = await o.run('contact');

		expect(refused.status).toBe('failed');
		expect(refused.error).toMatch(/accounting\.banktransactions/);
		expect(others.status).toBe('succeeded');
	}, 180_000);

	it('14: says of the stream that the plan does not have what Xero said, and reads the others', async () => {
		await o.sandbox.setFaults({
			status: {
				path: '/Quotes',
				status: 403,
				body: JSON.stringify({ Title: 'Forbidden', Detail: 'Quotes are not in this plan' }),
			},
		});

		const refused = await o.run('quote');
		const others = await o.run('contact');
		const later = await o.run('quote');

		expect(refused).toMatchObject({ status: 'failed' });
		expect(refused.error).toMatch(/Quotes are not in this plan/);
		expect([others.status, later.status]).toEqual(['succeeded', 'succeeded']);
	}, 180_000);

	it('16: asks for no list in a way that a large organisation refuses', async () => {
		await o.sandbox.setFaults({ highVolumeFrom: 1 });

		for (const entity of ['contact', 'invoice', 'payment', 'quote', 'item', 'account']) {
			expect(await o.run(entity, 'delta')).toMatchObject({ status: 'succeeded', error: null });
		}
		expect(await o.run('invoice', 'sweep')).toMatchObject({ status: 'succeeded' });
	}, 180_000);
});

describe('two organisations', () => {
	let o: SyncedOrganisation;
	beforeAll(async () => {
		o = await syncedOrganisation({ connects: 'all' });
	}, 180_000);
	afterAll(() => o.close());

	it('12: one that was disconnected in Xero stops alone', async () => {
		await o.sandbox.setFaults({ disconnectTenant: o.tenantId });
		const { items } = (await o.call('GET', '/syncs?limit=100')).body as {
			items: readonly { id: string; tenantId: string; entity: string }[];
		};
		const other = items.find(
			({ tenantId, entity }) => tenantId !== o.tenantId && entity === 'contact',
		)!;

		const id = await o.start('contact', { kind: 'delta' });
		const stopped = await o.until('contact', id, ({ error }) => error !== null);
		const { body } = await o.call('POST', `/syncs/${other.id}/run`, { kind: 'delta' });
		const run = await o.runOf(other.id, body.runId as string);

		expect(stopped.error).toMatch(/connect/i);
		expect(run.status).toBe('succeeded');
	}, 180_000);
});
