import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { eventually } from '../../support/eventually';
import { ENGINES } from '../../support/freshLedger';
import { USUAL_SCOPES } from '../../support/sandboxClient';
import { payloadOf, postWebhook, signatureOf } from '../../support/signedWebhook';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const MADE_UP = { clientId: 'THE-CLIENT-ID', clientSecret: 'THE-SECRET' };

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
			[
				{ clientSecret: 'THE-CLIENT-ID' },
				'clientSecret: this is the client id a second time: copy the client secret',
			],
			[{ webhookKey: 'THE-SECRET' }, 'webhookKey: this is the client secret: copy the key from'],
			[{ secondWebhookKey: 'THE-SECRET' }, 'secondWebhookKey: this is the client secret'],
			[
				{ webhookKey: 'THE-KEY', secondWebhookKey: 'THE-KEY' },
				'secondWebhookKey: this is the first webhook key a second time',
			],
			[{ tier: 'golden' }, 'tier: must be starter, core, plus, advanced, enterprise, or how many'],
			[{ tier: 0 }, 'tier: must be starter'],
			[
				{ scopePreset: 'all' },
				'scopePreset: must be one of everything, standard, read_only, invoicing',
			],
			[{ clientId: 'SHORT' }, 'clientId: this is too short for a client id'],
			[{ clientId: 'THE\u200BCLIENT-ID' }, 'clientId: the client id holds a character that Xero'],
			[{ clientSecret: 'THE-SECRÉT' }, 'clientSecret: the client secret holds a character'],
			[{ webhookKey: 'THE-KEY\u0000' }, 'webhookKey: the webhook key holds a character'],
			[{ webhookKey: 'A'.repeat(201) }, 'webhookKey: this is too long for a webhook key'],
			[{ secondWebhookKey: 'two words' }, 'secondWebhookKey: the webhook key holds a space'],
			[{ scopes: 'a,b' }, 'scopes: must be scopes separated by single spaces'],
		])('refuse %j and say what is wrong', async (wrong, sentence) => {
			const refused = await save({ ...MADE_UP, ...wrong });

			expect(refused.status).toBe(400);
			expect(refused.body.detail).toContain(sentence);
		});

		it('refuse a second webhook key that is saved as the first, and let it become the first', async () => {
			await save({ ...MADE_UP, webhookKey: 'first-key', secondWebhookKey: 'second-key' });

			const refused = await save({ ...MADE_UP, secondWebhookKey: 'first-key' });
			const promoted = await save({ ...MADE_UP, webhookKey: 'second-key' });

			expect(refused.body.detail).toBe(
				'secondWebhookKey: this is the first webhook key a second time: leave it out',
			);
			expect(promoted.body).toMatchObject({ secondWebhookKeyFingerprint: null });
		});

		it('take a tier, a number of connections and a set of scopes', async () => {
			const keys = MADE_UP;

			expect((await save({ ...keys, tier: 'plus' })).body.tier).toBe('plus');
			expect((await save({ ...keys, tier: 42 })).body.tier).toBe('42');
			const { scopes } = (await save({ ...keys, scopePreset: 'read_only' })).body;
			expect(scopes).toContain('accounting.invoices.read');
			expect(scopes).not.toMatch(/accounting\.invoices(?!\.read)/);
		});

		it('ask for other scopes without being entered anew, from a list or a set', async () => {
			expect((await t.call('GET', at('/app-keys/scopes'))).body.code).toBe('app_keys_missing');
			await save({ ...MADE_UP, webhookKey: 'the-key' });
			const before = (await t.call('GET', at(''))).body.appKeys;
			const put = (body: object) => t.call('PUT', at('/app-keys/scopes'), body);

			const set = await put({ scopePreset: 'invoicing' });
			const listed = await put({ scopes: 'accounting.contacts.read made.up' });
			const refused = await put({ scopes: 'a', scopePreset: 'standard' });

			expect(set.status).toBe(200);
			expect(listed.body).toMatchObject({
				scopes: 'accounting.contacts.read made.up',
				other: ['made.up'],
			});
			const [sales] = listed.body.groups;
			expect(sales.areas[0]).toMatchObject({ level: 'read', write: 'accounting.contacts' });
			expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
			const after = (await t.call('GET', at(''))).body.appKeys;
			expect(after).toEqual({ ...before, scopes: 'accounting.contacts.read made.up' });
		});

		it('are taken without a word as Xero makes them, and with a warning otherwise', async () => {
			const usual = {
				clientId: 'A1'.repeat(16),
				clientSecret: 'aB3_-'.repeat(9),
				webhookKey: Buffer.alloc(64, 7).toString('base64'),
			};

			expect((await save(usual)).body.warnings).toEqual([]);
			const unusual = await save({ ...MADE_UP, webhookKey: 'the-webhook-key' });
			expect(unusual.status).toBe(200);
			expect(unusual.body.warnings).toEqual([
				expect.stringContaining('client id does not look like'),
				expect.stringContaining('client secret is shorter'),
				expect.stringContaining('webhook key does not look like'),
			]);
		});

		it('of an unusual shape are beyond doubt once Xero accepts them', async () => {
			const app = await sandbox.createApp();
			const keys = { clientId: app.clientId, clientSecret: app.clientSecret };

			expect((await save({ ...keys, verify: true })).body.warnings).toEqual([]);
		});

		it('may sign webhooks with a second key, until it is taken away', async () => {
			const [one, two] = ['first-webhook-key', 'second-webhook-key'];
			const isTaken = async (key: string) => {
				const body = payloadOf();
				const url = `${t.hub.url}/webhooks/xero/acme`;
				return (await postWebhook(url, body, signatureOf(body, key))).status === 200;
			};

			await save({ ...MADE_UP, webhookKey: one, secondWebhookKey: two });
			expect([await isTaken(one), await isTaken(two)]).toEqual([true, true]);
			const kept = (await save(MADE_UP)).body;
			expect(kept.secondWebhookKeyFingerprint).toMatch(/^[0-9a-f]{12}$/);
			const cleared = (await save({ ...MADE_UP, webhookKey: null, secondWebhookKey: null })).body;
			expect(cleared).toMatchObject({
				webhookKeyFingerprint: null,
				secondWebhookKeyFingerprint: null,
			});
		});

		it('lose what was seen of the webhook check when another app or key is saved', async () => {
			const keys = await goodKeys();
			const stateNow = async () => {
				const { steps } = (await t.call('GET', at('/checklist'))).body as { steps: Step[] };
				return steps.find(({ name }) => name === 'handshake')?.state;
			};
			const checkWell = async () => {
				await save(keys);
				await sandbox.setWebhook(keys.clientId, `${t.hub.url}/webhooks/xero/acme`);
				// The payload is routed a moment after it was answered.
				await eventually('the check', async () => (await stateNow()) === 'done' || undefined);
			};

			await checkWell();
			expect((await save({ ...keys, tier: 'core' })).body.handshakeAt).not.toBeNull();
			expect(
				(await save({ ...keys, webhookKey: 'another-webhook-key' })).body.handshakeAt,
			).toBeNull();
			await checkWell();
			expect((await save({ ...keys, clientId: 'ANOTHER-APP' })).body.handshakeAt).toBeNull();
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
			expect((await save({ ...keys, clientSecret: 'another-secret' })).body.verifiedAt).toBeNull();
		});

		it('are told to be wrong, or that Xero is away', async () => {
			await save({ ...(await goodKeys()), clientSecret: 'wrong-secret' });

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

			const refused = await save({ ...keys, clientSecret: 'wrong-secret', verify: true });

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

	it('has no public link, and is given none', async () => {
		expect((await t.call('GET', at(''))).body).toMatchObject({
			...{ connectLink: false, connectUrl: null },
		});
		expect((await t.call('GET', '/connect/acme')).status).toBe(403);

		expect(await t.call('PATCH', at(''), { connectLink: true })).toMatchObject({
			status: 400,
			body: { detail: expect.stringContaining('Make a connect link instead') },
		});
		expect((await t.call('GET', '/connect/acme')).status).toBe(403);
	});

	it('ends the public link that an older version gave it, for good', async () => {
		const database = connectDatabase({ dataDir: t.dataDir, databaseUrl: t.databaseUrl });
		await database.db.updateTable('workspaces').set({ connect_link: 1 }).execute();
		await database.close();
		expect((await t.call('GET', at(''))).body).toMatchObject({
			connectLink: true,
			connectUrl: 'http://localhost:8787/connect/acme',
		});

		const off = await t.call('PATCH', at(''), { connectLink: false });
		const kept = await t.call('PATCH', at(''), { name: 'Acme Ltd' });

		expect(off).toMatchObject({ status: 200, body: { connectLink: false, name: 'Acme' } });
		expect(kept.body).toMatchObject({ connectLink: false, name: 'Acme Ltd' });
		expect((await t.call('GET', '/connect/acme')).status).toBe(403);
		expect((await t.call('PATCH', at(''), { connectLink: true })).status).toBe(400);
		expect(await t.call('PATCH', at(''), { connectLink: 'no' })).toMatchObject({
			status: 400,
			body: { detail: expect.stringContaining('must be true (on) or false (off)') },
		});
	});

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
		// Xero is answered before the payload is routed, which is what notes the handshake.
		const handshake = await eventually('the handshake to be noted', async () =>
			(await checklist()).steps.find(({ name, state }) => name === 'handshake' && state === 'done'),
		);
		expect(handshake.doneAt).toMatch(/^20/);
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

		await save({ clientId: 'unknown-app', clientSecret: 'of-nobody' });
		expect(await connect()).toMatchObject({ status: 409, body: { code: 'app_keys_refused' } });

		await save(await goodKeys());
		expect(await connect()).toMatchObject({
			status: 502,
			body: { code: 'xero_refused', detail: expect.stringContaining('invalid_scope') },
		});
	});
});
