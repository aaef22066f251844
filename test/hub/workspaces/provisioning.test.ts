import { ENGINES } from '../../support/freshLedger';
import { USUAL_SCOPES } from '../../support/sandboxClient';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { startTestHub, type TestHub } from '../../support/startTestHub';

describe.each(ENGINES)('provisioning a workspace on %s', (engine) => {
	let t: TestHub;
	let sandbox: StartedSandbox;
	beforeEach(async () => {
		sandbox = await startSandbox({ autoConsent: 'all' });
		t = await startTestHub({
			engine,
			env: {
				XERO_LOGIN_URL: sandbox.url,
				XERO_IDENTITY_URL: sandbox.url,
				XERO_API_URL: sandbox.url,
			},
		});
		await t.call('POST', '/api/v1/workspaces', { name: 'Acme' });
	});
	afterEach(async () => {
		await t.close();
		await sandbox.close();
	});

	const at = (path: string) => `/api/v1/workspaces/acme${path}`;
	const goodKeys = async () => {
		const { clientId, clientSecret, webhookKey } = await sandbox.createApp();
		return { clientId, clientSecret: clientSecret ?? '', webhookKey };
	};
	const save = (keys: object) => t.call('PUT', at('/app-keys'), keys);

	describe('the app keys', () => {
		it.each([
			[{ clientSecret: 'two words' }, 'clientSecret: the client secret holds a space'],
			[{ clientId: '' }, 'clientId: paste the client id'],
			[{ clientSecret: 'ID' }, 'clientSecret: the client id was pasted a second time'],
			[{ webhookKey: 'SECRET' }, 'webhookKey: the client secret was pasted a second time'],
			[{ tier: 'golden' }, 'tier: '],
			[{ tier: 0 }, 'tier: '],
			[{ scopes: 'a,b' }, 'scopes: must be scopes separated by single spaces'],
		])('refuse %j and say what is wrong', async (wrong, sentence) => {
			const refused = await save({ clientId: 'ID', clientSecret: 'SECRET', ...wrong });

			expect(refused.status).toBe(400);
			expect(refused.body.detail).toContain(sentence);
		});

		it('take a tier, a number of connections and a set of scopes', async () => {
			const keys = { clientId: 'ID', clientSecret: 'SECRET' };

			expect((await save({ ...keys, tier: 'plus' })).body.tier).toBe('plus');
			expect((await save({ ...keys, tier: 42 })).body.tier).toBe('42');
			const { scopes } = (await save({ ...keys, scopePreset: 'read_only' })).body;
			expect(scopes).toContain('accounting.invoices.read');
			expect(scopes).not.toMatch(/accounting\.invoices(?!\.read)/);
		});

		it('are proven against Xero, until they are changed', async () => {
			const keys = await goodKeys();
			expect((await save(keys)).body.verifiedAt).toBeNull();
			await sandbox.forgetRequests();

			const verified = await t.call('POST', at('/app-keys/verify'));

			expect(verified.status).toBe(200);
			expect(Date.parse(verified.body.verifiedAt)).toBeGreaterThan(0);
			expect((await sandbox.requests()).map(({ path }) => path)).toEqual(['/connect/token']);
			expect((await save(keys)).body.verifiedAt).toBe(verified.body.verifiedAt);
			expect((await save({ ...keys, clientSecret: 'another' })).body.verifiedAt).toBeNull();
		});

		it('are told to be wrong, or that Xero is away', async () => {
			await save({ ...(await goodKeys()), clientSecret: 'wrong' });

			expect(await t.call('POST', at('/app-keys/verify'))).toMatchObject({
				status: 409,
				body: { code: 'app_keys_refused', detail: expect.stringContaining('Copy both again') },
			});
			await sandbox.setFaults({ status: { path: '/connect/token', status: 503 } });
			expect(await t.call('POST', at('/app-keys/verify'))).toMatchObject({
				status: 503,
				body: { code: 'xero_unreachable' },
			});
		});

		it('are not replaced by wrong ones when they are to be verified first', async () => {
			const keys = await goodKeys();
			const before = (await save({ ...keys, verify: true })).body;

			const refused = await save({ ...keys, clientSecret: 'wrong', verify: true });

			expect(before.verifiedAt).not.toBeNull();
			expect(refused).toMatchObject({ status: 409, body: { code: 'app_keys_refused' } });
			expect((await t.call('GET', at(''))).body.appKeys).toEqual(before);
		});
	});

	interface Step {
		readonly name: string;
		readonly state: string;
		readonly doneAt: string | null;
	}

	it('is followed by the checklist from the first step to the last', async () => {
		const checklist = async () =>
			(await t.call('GET', at('/checklist'))).body as {
				readonly verifiedAt: string | null;
				readonly steps: readonly Step[];
			};
		const stateOf = async () =>
			Object.fromEntries((await checklist()).steps.map(({ name, state }) => [name, state]));

		expect(await checklist()).toMatchObject({
			redirectUri: 'http://localhost:8787/oauth/callback',
			webhookUrl: 'http://localhost:8787/webhooks/xero/acme',
		});
		expect(await stateOf()).toMatchObject({ app_created: 'next', connected: 'later' });
		const keys = await goodKeys();
		await save({ ...keys, verify: true });
		expect(await stateOf()).toMatchObject({ keys_saved: 'done', connected: 'next' });
		expect((await checklist()).verifiedAt).not.toBeNull();

		await sandbox.setWebhook(keys.clientId, `${t.hub.url}/webhooks/xero/acme`);
		expect(await stateOf()).toMatchObject({ connected: 'next' });
		const { steps } = await checklist();
		expect(steps.find(({ name }) => name === 'handshake')).toMatchObject({
			state: 'done',
			doneAt: expect.stringMatching(/^20/),
		});
	});

	it('connects a Custom Connection without a browser, and keeps it connected', async () => {
		const { organisations } = await sandbox.state();
		const app = await sandbox.createApp({ type: 'custom', tenantId: organisations[1]?.tenantId });
		await save({ clientId: app.clientId, clientSecret: app.clientSecret, verify: true });

		const connected = await t.call('POST', at('/connect'), { grantType: 'client_credentials' });

		expect(connected).toMatchObject({
			status: 200,
			body: { tenantIds: [organisations[1]?.tenantId] },
		});
		const { key } = (await t.call('POST', at('/api-keys'), { name: 'n8n' })).body;
		const read = () =>
			t.call(
				'GET',
				`/api/v1/xero/${organisations[1]?.tenantId}/api.xro/2.0/Organisation`,
				undefined,
				key,
			);
		expect((await read()).status).toBe(200);
		await sandbox.setFaults({ expireTokens: true });
		expect((await read()).status).toBe(200);
	});

	it('gives no app that may list its connections those that people made for others', async () => {
		const app = await sandbox.createApp({ scopes: ['app.connections', ...USUAL_SCOPES] });
		await sandbox.authorise(app);
		await save({
			clientId: app.clientId,
			clientSecret: app.clientSecret,
			scopes: 'app.connections',
		});

		const connected = await t.call('POST', at('/connect'), { grantType: 'client_credentials' });

		expect(connected).toMatchObject({ status: 502, body: { code: 'xero_refused' } });
	});

	it('says why a Custom Connection cannot be connected', async () => {
		const connect = () => t.call('POST', at('/connect'), { grantType: 'client_credentials' });
		expect(await connect()).toMatchObject({ status: 409, body: { code: 'app_keys_missing' } });

		await save({ clientId: 'unknown', clientSecret: 'app' });
		expect(await connect()).toMatchObject({ status: 409, body: { code: 'app_keys_refused' } });

		await save(await goodKeys());
		expect(await connect()).toMatchObject({
			status: 502,
			body: { code: 'xero_refused', detail: expect.stringContaining('invalid_scope') },
		});
	});
});
