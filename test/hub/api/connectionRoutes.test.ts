import { ENGINES } from '../../support/freshLedger';
import { startXeroSide, type XeroSide } from '../connect/xeroSide';

const MINUTE = 60_000;

describe.each(ENGINES)('the connections of a workspace on %s', (engine) => {
	let hub: XeroSide;
	beforeEach(async () => {
		hub = await startXeroSide(engine);
	});
	afterEach(async () => {
		expect(hub.faults).toEqual([]);
		await hub.close();
	});

	const call = async (method: string, path: string, body?: unknown, neighbour = false) => {
		const answer = await fetch(`${hub.url}/connections${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				...(neighbour && { 'x-test-workspace': 'neighbour' }),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		return {
			status: answer.status,
			headers: answer.headers,
			body: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown>,
		};
	};
	const credentials = () => ({
		clientId: hub.app.clientId,
		clientSecret: hub.app.clientSecret ?? '',
	});
	/** As when the user removes the app in Xero's settings. */
	const endConsent = async () => {
		const { refresh_token: token = '' } = await hub.sandbox.authorise(hub.app);
		await hub.identity.revoke(credentials(), token);
		hub.advance(30 * MINUTE);
	};

	it('are listed', async () => {
		const { id, tenantId, tenantName } = await hub.connect();

		const { body } = await call('GET', '');

		expect(body).toEqual({
			items: [
				{
					id,
					tenantId,
					tenantName,
					tenantType: 'ORGANISATION',
					enabled: true,
					syncs: true,
					writePolicy: 'all',
					status: 'active',
					grantedScopes: expect.arrayContaining(['offline_access', 'accounting.invoices']),
					missingScopes: [],
					dayBudget: null,
					...{ heldAt: null, externalUserId: null, replacementAskedAt: null },
				},
			],
			nextCursor: null,
		});
	});

	it('are switched off and on', async () => {
		const { id } = await hub.connect();

		expect((await call('PATCH', `/${id}`, { enabled: false })).body).toMatchObject({
			enabled: false,
		});
		expect((await call('GET', `/${id}/token`)).body).toMatchObject({ code: 'connection_disabled' });
		expect((await call('PATCH', `/${id}`, { enabled: true })).body).toMatchObject({
			enabled: true,
		});
		expect((await call('GET', `/${id}/token`)).status).toBe(200);
	});

	it.each([undefined, {}, { enabled: 'yes' }])('refuse the change %j', async (body) => {
		const { id } = await hub.connect();

		expect(await call('PATCH', `/${id}`, body)).toMatchObject({
			status: 400,
			body: { code: 'invalid_request' },
		});
	});

	it('do not exist for another workspace', async () => {
		const { id } = await hub.connect();

		expect((await call('GET', '', undefined, true)).body).toEqual({ items: [], nextCursor: null });
		for (const [method, path, body] of [
			['PATCH', `/${id}`, { enabled: false }],
			['DELETE', `/${id}`],
			['POST', `/${id}/reconnect`],
			['GET', `/${id}/token`],
			['GET', `/${id}/export`],
		] as const) {
			expect(await call(method, path, body, true)).toMatchObject({
				status: 404,
				body: { code: 'not_found' },
			});
		}
		expect(await hub.connections.list(hub.workspace.id)).toHaveLength(1);
	});

	it('give out an access token and where to use it, and no refresh token', async () => {
		const { id, tenantId } = await hub.connect();

		const { headers, body } = await call('GET', `/${id}/token`);

		expect(headers.get('cache-control')).toBe('no-store');
		expect(body).toEqual({
			accessToken: expect.stringMatching(/^eyJ/),
			expiresIn: 1_800,
			scope: expect.stringContaining('accounting.invoices'),
			tenantId,
			tenantUrl: `${hub.sandbox.url}/api.xro/2.0`,
		});
		const used = await fetch(`${String(body['tenantUrl'])}/Organisation`, {
			headers: {
				authorization: `Bearer ${String(body['accessToken'])}`,
				'xero-tenant-id': tenantId,
				accept: 'application/json',
			},
		});
		expect(used.status).toBe(200);
	});

	it("are exported as the secret set that other tools ask for, the app's secrets to an admin key only", async () => {
		const { id, tenantId } = await hub.connect();
		const { clientId, clientSecret } = hub.app;
		await hub.appKeys.save(hub.workspace.id, {
			...credentials(),
			webhookKey: 'the webhook key',
		});
		const exported = async (caller: string) => {
			const answer = await fetch(`${hub.url}/connections/${id}/export`, {
				headers: { 'x-test-caller': caller },
			});
			expect(answer.headers.get('cache-control')).toBe('no-store');
			return (await answer.json()) as Record<string, unknown>;
		};

		const forN8n = {
			accessToken: expect.stringMatching(/^eyJ/),
			expiresIn: 1_800,
			scope: expect.stringContaining('accounting.invoices'),
			clientId,
			tenantId,
			tenantUrl: `${hub.sandbox.url}/api.xro/2.0`,
		};
		expect(await exported('a-key')).toEqual(forN8n);
		expect(await exported('admin')).toEqual({
			...forN8n,
			clientSecret,
			webhookKey: 'the webhook key',
		});
	});

	it('give out a new token when the old one is about to end', async () => {
		const { id } = await hub.connect();
		const before = (await call('GET', `/${id}/token`)).body;
		hub.advance(29 * MINUTE);

		const after = (await call('GET', `/${id}/token`)).body;

		expect(after['accessToken']).not.toBe(before['accessToken']);
		expect(after['expiresIn']).toBe(1_800);
	});

	it('are reconnected by a new consent', async () => {
		const { id, grantId } = await hub.connect();
		await endConsent();
		expect((await call('GET', `/${id}/token`)).body).toMatchObject({ code: 'reauth_required' });

		const { body } = await call('POST', `/${id}/reconnect`);
		await fetch(await hub.consent(String(body['authorizeUrl'])));

		expect((await call('GET', `/${id}/token`)).status).toBe(200);
		expect(await hub.connections.get(hub.workspace.id, id)).toMatchObject({ grantId });
	});

	it('are removed at Xero too', async () => {
		const { id, xeroConnectionId } = await hub.connect();
		await hub.sandbox.forgetRequests();

		expect((await call('DELETE', `/${id}`)).status).toBe(204);

		expect(await hub.connections.list(hub.workspace.id)).toEqual([]);
		expect(await hub.db.selectFrom('grants').selectAll().execute()).toEqual([]);
		expect(await hub.sandbox.requests()).toEqual([
			expect.objectContaining({
				method: 'DELETE',
				path: `/connections/${xeroConnectionId}`,
				status: 204,
			}),
		]);
	});

	it('leave the grant to the other organisations that need it', async () => {
		const { organisations } = await hub.sandbox.state();
		const first = await hub.connect(organisations[0]!.name);
		const second = await hub.connect(organisations[1]!.name);

		await call('DELETE', `/${first.id}`);

		expect((await call('GET', `/${second.id}/token`)).status).toBe(200);
	});

	it('stay when Xero cannot be reached, and go when it can', async () => {
		const { id } = await hub.connect();
		await hub.sandbox.setFaults({ status: { path: '/connections', status: 503 } });

		expect(await call('DELETE', `/${id}`)).toMatchObject({
			status: 503,
			body: { code: 'xero_unreachable' },
		});
		expect(await hub.connections.list(hub.workspace.id)).toHaveLength(1);

		expect((await call('DELETE', `/${id}`)).status).toBe(204);
	});

	it.each([
		[
			'Xero refuses the app keys',
			() => ({ clientId: hub.app.clientId, clientSecret: 'old' }),
			'Xero does not accept the client id and secret of the app.',
		],
		[
			'nobody has the keys of their app any more',
			() => ({ clientId: 'ANOTHER-APP', clientSecret: 'of another app' }),
			'Nobody on this hub has the keys of its Xero app any more.',
		],
	])('go when %s, and say that they stay at Xero', async (_why, keys, reason) => {
		const { id, tenantId, tenantName } = await hub.connect();
		await hub.saveAppKeys(keys(), hub.workspace.id);
		hub.advance(30 * MINUTE);

		const { status, body } = await call('DELETE', `/${id}`);

		expect(status).toBe(200);
		expect(body).toEqual({
			stillAtXero: [
				{
					tenantId,
					name: tenantName,
					reason: `${reason} It stays connected at Xero until somebody disconnects it there: Connected apps.`,
				},
			],
		});
		expect(await hub.connections.list(hub.workspace.id)).toEqual([]);
		expect(await hub.alerts.listOpen(hub.workspace.id)).toEqual([]);
	});

	it('go when Xero does not know them any more', async () => {
		const { id, tenantId } = await hub.connect();
		await hub.sandbox.setFaults({ disconnectTenant: tenantId });

		expect((await call('DELETE', `/${id}`)).status).toBe(204);
	});

	it('go when Xero ended the consent, for no token is left to remove them with', async () => {
		const { id } = await hub.connect();
		await endConsent();
		await call('GET', `/${id}/token`);
		expect(await hub.alerts.listOpen(hub.workspace.id)).toHaveLength(1);

		expect((await call('DELETE', `/${id}`)).status).toBe(204);
		expect(await hub.connections.list(hub.workspace.id)).toEqual([]);
		expect(await hub.alerts.listOpen(hub.workspace.id)).toEqual([]);
	});
});
