import { startTestHub, type TestHub } from '../../support/startTestHub';

describe('admin keys over the API', () => {
	let t: TestHub;
	beforeAll(async () => {
		t = await startTestHub();
	});
	afterAll(() => t.close());

	it('are made, used under their name, listed and revoked', async () => {
		const made = await t.call('POST', '/api/v1/admin-keys', { name: 'ops' });
		const { id, key } = made.body;

		expect(made.status).toBe(201);
		expect(made.headers.get('cache-control')).toBe('no-store');
		expect((await t.call('GET', '/api/v1/workspaces', undefined, key)).status).toBe(200);
		const { items } = (await t.call('GET', '/api/v1/admin-keys', undefined, key)).body;
		expect(items).toMatchObject([{ id, name: 'ops', madeBy: 'admin key', isExpired: false }]);
		expect((await t.call('DELETE', `/api/v1/admin-keys/${id}`)).status).toBe(204);
		expect((await t.call('GET', '/api/v1/workspaces', undefined, key)).status).toBe(401);
	});

	it('are refused after their last day, in words', async () => {
		const wish = { name: 'old', expiresAt: '2020-01-01' };
		const { key } = (await t.call('POST', '/api/v1/admin-keys', wish)).body;

		const { status, body } = await t.call('GET', '/api/v1/workspaces', undefined, key);

		expect(status).toBe(401);
		expect(body.detail).toContain('admin key “old” expired at 2020-01-02T00:00:00.000Z');
	});

	it('take the connect links with them that they have made', async () => {
		await t.call('POST', '/api/v1/workspaces', { name: 'Linked' });
		const { id, key } = (await t.call('POST', '/api/v1/admin-keys', { name: 'contractor' })).body;
		const links = '/api/v1/workspaces/linked/connect-links';
		await t.call('POST', links, {}, key);
		await t.call('POST', links, {});

		await t.call('DELETE', `/api/v1/admin-keys/${id}`);

		expect((await t.call('GET', links)).body.items).toMatchObject([
			{ madeBy: 'admin key', state: 'open' },
			{ madeBy: 'admin key “contractor”', state: 'ended' },
		]);
	});

	it('are not for API keys', async () => {
		await t.call('POST', '/api/v1/workspaces', { name: 'Acme' });
		const { key } = (await t.call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'x' })).body;

		expect((await t.call('GET', '/api/v1/admin-keys', undefined, key)).status).toBe(403);
		expect((await t.call('POST', '/api/v1/admin-keys', { name: 'x' }, key)).status).toBe(403);
	});
});
