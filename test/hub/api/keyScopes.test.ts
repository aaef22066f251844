import { KEY_SCOPES, type KeyScope } from '../../../hub-server/src/workspaces/keyScopes';
import { connectedTestHub, type ConnectedTestHub } from '../../support/connectedTestHub';

describe('an API key', () => {
	let hub: ConnectedTestHub;
	let mine: { readonly id: string; readonly tenantId: string };
	let others: { readonly id: string; readonly tenantId: string };
	let now = Date.now();
	const at = '/api/v1/workspaces/acme/api-keys';

	beforeAll(async () => {
		hub = await connectedTestHub({}, { now: () => now });
		const [one, other] = hub.connections;
		[mine, others] = [one!, other!];
	}, 60_000);
	afterAll(() => hub.close());
	beforeEach(() => {
		now = Date.now();
	});

	async function make(wish: object): Promise<string> {
		const { status, body } = await hub.t.call('POST', at, { name: 'test', ...wish });
		expect(status).toBe(201);
		return body.key;
	}
	const ask = (key: string, method: string, path: string, body?: unknown) =>
		hub.t.call(method, `/api/v1${path}`, body, key);

	describe('has scopes', () => {
		const asks: ReadonlyArray<readonly [KeyScope, string, () => string]> = [
			['events', 'GET', () => '/events'],
			['events', 'GET', () => '/deliveries'],
			['events', 'GET', () => '/subscriptions'],
			['read', 'GET', () => '/links'],
			['read', 'GET', () => `/xero/${mine.tenantId}/api.xro/2.0/Organisation`],
			['write', 'POST', () => `/xero/${mine.tenantId}/api.xro/2.0/Contacts`],
			['write', 'DELETE', () => `/links/${mine.tenantId}/crm/contact/none`],
			['token', 'GET', () => `/connections/${mine.id}/token`],
			['token', 'GET', () => `/connections/${mine.id}/export`],
		];

		it.each(asks)('%s is what %s %s needs', async (scope, method, path) => {
			const without = await make({ scopes: KEY_SCOPES.filter((one) => one !== scope) });
			const withIt = await make({ scopes: [scope] });

			const refused = await ask(without, method, path());
			const passed = await ask(withIt, method, path());

			expect(refused).toMatchObject({ status: 403, body: { code: 'scope_missing', scope } });
			expect(refused.body.detail).toContain(`"${scope}"`);
			expect(passed.status).not.toBe(403);
		});

		it('and one that is made without a word reads no token', async () => {
			const key = await make({});
			const { items } = (await hub.t.call('GET', at)).body;

			expect(items[items.length - 1]).toMatchObject({
				...{ scopes: ['events', 'read', 'write'], tenantIds: null, isOld: false },
				expiresAt: null,
			});
			expect((await ask(key, 'GET', `/connections/${mine.id}/token`)).status).toBe(403);
		});

		it('and keeps them when it is rotated', async () => {
			await make({ scopes: ['events'] });
			const { items } = (await hub.t.call('GET', at)).body;
			const { key } = (await hub.t.call('POST', `${at}/${items[items.length - 1].id}/rotate`)).body;

			expect((await ask(key, 'GET', '/links')).body.code).toBe('scope_missing');
			expect((await ask(key, 'GET', '/events')).status).toBe(200);
		});

		it('of those that there are', async () => {
			const reply = await hub.t.call('POST', at, { name: 'x', scopes: ['everything'] });

			expect(reply.status).toBe(400);
			expect(reply.body.detail).toContain('events, read, write, token');
		});

		it('and knows its organisations whatever they are', async () => {
			const key = await make({ scopes: ['token'] });

			expect((await ask(key, 'GET', '/workspace')).status).toBe(200);
			expect((await ask(key, 'GET', '/connections')).body.items).toHaveLength(
				hub.connections.length,
			);
		});
	});

	describe('of some organisations', () => {
		let key: string;
		beforeAll(async () => {
			key = await make({ scopes: KEY_SCOPES, tenantIds: [mine.tenantId.toUpperCase()] });
		});

		it('sees those only', async () => {
			const { items } = (await ask(key, 'GET', '/connections')).body;

			expect(items).toMatchObject([{ tenantId: mine.tenantId }]);
		});

		it.each([
			['GET', () => `/xero/${others.tenantId}/api.xro/2.0/Organisation`],
			['GET', () => `/xero/${others.tenantId.toUpperCase()}/api.xro/2.0/Organisation`],
			['GET', () => `/connections/${others.id}/token`],
			['GET', () => `/connections/${others.id}/export`],
			['DELETE', () => `/connections/${others.id}`],
			['POST', () => `/connections/${others.id}/reconnect`],
			['GET', () => `/records/${others.tenantId}/contact/x`],
			['GET', () => `/mappings/${others.tenantId}/account`],
			['GET', () => `/links?tenantId=${others.tenantId}`],
			['GET', () => '/links?tenantId=-'],
			['GET', () => `/links/-/crm/contact/1`],
			['GET', () => `/writes?tenantId=${others.tenantId}`],
			['GET', () => `/gaps?tenantId=${others.tenantId}`],
			['GET', () => `/pushes?tenantId=${others.tenantId}`],
			['GET', () => '/alerts'],
			['GET', () => '/payloads'],
			['GET', () => '/migrate'],
			['GET', () => '/saved-items'],
			['DELETE', () => '/saved-items'],
		])('is refused %s %s', async (method, path) => {
			const { status, body } = await ask(key, method, path());

			expect(status).toBe(403);
			expect(body.code).toBe('organisation_not_allowed');
		});

		it.each([
			[
				'PUT /links of another',
				'PUT',
				'/links',
				() => ({
					...{ tenantId: others.tenantId, system: 'crm', entity: 'contact', externalId: '1' },
					xeroId: '12121212-1212-4212-8212-121212121212',
				}),
			],
			[
				'an import of links of none',
				'POST',
				'/links/import',
				() => ({
					links: [
						{
							...{ system: 'crm', entity: 'contact', externalId: '1' },
							xeroId: '12121212-1212-4212-8212-121212121212',
						},
					],
				}),
			],
			[
				'a push to another',
				'POST',
				'/pushes',
				() => ({
					...{ tenantId: others.tenantId, system: 'crm', entity: 'contact' },
					records: [{ externalId: '1', fields: { Name: 'A' } }],
				}),
			],
			[
				'a replay of all',
				'POST',
				'/replays',
				() => ({ since: '2020-01-01T00:00:00Z', until: '2040-01-01T00:00:00Z' }),
			],
			[
				'a subscription to another',
				'POST',
				'/subscriptions',
				() => ({ url: 'https://93.184.216.34/a', events: ['*'], tenantIds: [others.tenantId] }),
			],
		])('is refused %s', async (_what, method, path, body) => {
			const reply = await ask(key, method, path, body());

			expect(reply).toMatchObject({ status: 403, body: { code: 'organisation_not_allowed' } });
		});

		it('copies no mappings of another', async () => {
			const reply = await ask(key, 'POST', `/mappings/${mine.tenantId}/copy`, {
				fromTenantId: others.tenantId,
			});

			expect(reply).toMatchObject({ status: 403, body: { code: 'organisation_not_allowed' } });
		});

		it('subscribes to its own where it asks for all', async () => {
			const { status, body } = await ask(key, 'POST', '/subscriptions', {
				...{ url: 'https://93.184.216.34/mine', events: ['*'] },
			});

			expect(status).toBe(201);
			expect(body.tenantIds).toEqual([mine.tenantId]);
		});

		it('neither sees nor takes over a subscription to all', async () => {
			const wish = { url: 'https://93.184.216.34/all', events: ['*'] };
			const { id } = (await hub.call('POST', '/subscriptions', wish)).body;

			const listed = (await ask(key, 'GET', '/subscriptions')).body.items;
			const refused = await Promise.all([
				ask(key, 'POST', '/subscriptions', wish),
				ask(key, 'GET', `/subscriptions/${id}`),
				ask(key, 'DELETE', `/subscriptions/${id}`),
				ask(key, 'POST', `/subscriptions/${id}/rotate-secret`),
				ask(key, 'POST', `/subscriptions/${id}/test`),
				ask(key, 'GET', `/subscriptions/${id}/pull`),
				ask(key, 'POST', `/subscriptions/${id}/acknowledge`, { ids: ['x'] }),
				ask(key, 'POST', `/subscriptions/${id}/move`, { to: 'https://93.184.216.35' }),
			]);

			expect(JSON.stringify(listed)).not.toContain(id);
			expect(refused.map(({ body }) => body.code)).toEqual(
				refused.map(() => 'organisation_not_allowed'),
			);
			expect((await hub.call('GET', `/subscriptions/${id}`)).body.tenantIds).toEqual([]);
		});

		it('has a memory of saves of its own', async () => {
			const saves = (name: string) => ({
				...{ workflowId: 'w', nodeId: 'n', execution: '1' },
				items: [{ id: name, key: 'a'.repeat(64), records: [{ Name: name }] }],
			});
			await hub.call('POST', '/saved-items', saves('of all'));
			await ask(key, 'POST', '/saved-items', saves('of mine'));

			const { items } = (await ask(key, 'GET', '/saved-items?workflowId=w&nodeId=n')).body;

			expect(items).toMatchObject([{ id: 'of mine', records: [{ Name: 'of mine' }] }]);
		});

		it('reads and writes its own', async () => {
			const read = await ask(key, 'GET', `/xero/${mine.tenantId}/api.xro/2.0/Organisation`);
			const token = await ask(key, 'GET', `/connections/${mine.id}/token`);

			expect(read.status).toBe(200);
			expect(token.status).toBe(200);
		});
	});

	describe('with a last day', () => {
		it('is refused from its end on, in words, and says so in the list', async () => {
			const key = await make({ expiresAt: '2044-03-31' });
			expect((await ask(key, 'GET', '/workspace')).status).toBe(200);

			now = Date.parse('2044-03-31T23:59:59.999Z');
			const before = await ask(key, 'GET', '/workspace');
			now = Date.parse('2044-04-01T00:00:00Z');
			const { status, body } = await ask(key, 'GET', '/workspace');

			expect(before.status).toBe(200);
			expect(status).toBe(401);
			expect(body.detail).toContain('“test” expired at 2044-04-01T00:00:00.000Z');
			const { items } = (await hub.t.call('GET', at)).body;
			expect(items[items.length - 1]).toMatchObject({
				...{ isExpired: true, expiresAt: '2044-04-01T00:00:00.000Z' },
			});
		});

		it('or a moment', async () => {
			const { status } = await hub.t.call('POST', at, { name: 'x', expiresAt: 'soon' });

			expect(status).toBe(400);
		});
	});
});
