import { connectedTestHub, type ConnectedTestHub } from '../../support/connectedTestHub';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';

describe('an organisation that waits for a member', () => {
	let hub: ConnectedTestHub;
	let id: string;
	let tenantId: string;
	beforeAll(async () => {
		hub = await connectedTestHub();
		[{ id, tenantId }] = hub.connections as [(typeof hub.connections)[number]];
		// As a connect link with `hold` leaves it.
		const { db, close } = connectDatabase({ dataDir: hub.t.dataDir });
		await db
			.updateTable('connections')
			.set({ held_at: 1, enabled: 0 })
			.where('id', '=', id)
			.execute();
		await close();
		await hub.sandbox.forgetRequests();
	}, 60_000);
	afterAll(() => hub.close());

	const PUSH = {
		...{ system: 'crm', entity: 'contact' },
		records: [{ externalId: '1', fields: { Name: 'Ann' } }],
	};
	it.each([
		['reading', 'GET', (): string => `/xero/${tenantId}/api.xro/2.0/Contacts`, undefined],
		['writing', 'POST', (): string => `/xero/${tenantId}/api.xro/2.0/Contacts`, {}],
	] as const)('allows no %s', async (_what, method, path, body) => {
		const { status, body: told } = await hub.call(method, path(), body);

		expect({ status, code: told.code }).toEqual({ status: 403, code: 'connection_disabled' });
		expect(await hub.sandbox.requests()).toEqual([]);
	});

	it('gives nobody a token', async () => {
		const wish = { name: 'tokens', scopes: ['token'] };
		const { key } = (await hub.t.call('POST', '/api/v1/workspaces/acme/api-keys', wish)).body;

		const { status, body } = await hub.t.call(
			'GET',
			`/api/v1/connections/${id}/token`,
			undefined,
			key,
		);

		expect({ status, code: body.code }).toEqual({ status: 403, code: 'connection_disabled' });
	});

	it('is pushed nothing into', async () => {
		const { status } = await hub.call('POST', '/pushes', { ...PUSH, tenantId });

		expect(status).toBe(409);
		expect(await hub.sandbox.requests()).toEqual([]);
	});

	it('is not kept up to date', async () => {
		const { status } = await hub.call('POST', '/syncs', { tenantId, entity: 'contact' });

		expect(status).toBe(409);
		expect(await hub.sandbox.requests()).toEqual([]);
	});

	it('is switched on by no workflow', async () => {
		const switched = await hub.call('PATCH', `/connections/${id}`, { enabled: true });

		expect(switched.status).toBe(409);
		expect((await hub.call('GET', '/connections')).body.items[0].enabled).toBe(false);
	});
});
