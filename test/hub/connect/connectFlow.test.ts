import { ENGINES } from '../../support/freshLedger';
import { startXeroSide, type XeroSide } from './xeroSide';

const MINUTE = 60_000;

describe.each(ENGINES)('connecting to Xero on %s', (engine) => {
	let hub: XeroSide;
	beforeEach(async () => {
		hub = await startXeroSide(engine, { publicLink: true });
	});
	afterEach(async () => {
		expect(hub.faults).toEqual([]);
		await hub.close();
	});

	it('sends the browser to Xero with state, nonce and PKCE', async () => {
		const answer = await fetch(`${hub.url}/connect/acme`, { redirect: 'manual' });

		const location = new URL(answer.headers.get('location') ?? '');
		expect(answer.status).toBe(302);
		expect(answer.headers.get('cache-control')).toBe('no-store');
		expect(location.origin + location.pathname).toBe(
			`${hub.sandbox.url}/identity/connect/authorize`,
		);
		expect(Object.fromEntries(location.searchParams)).toEqual({
			response_type: 'code',
			client_id: hub.app.clientId,
			redirect_uri: 'http://localhost:8787/oauth/callback',
			scope: expect.stringMatching(/(?=.*\bopenid\b)(?=.*\boffline_access\b)/),
			state: expect.stringMatching(/^[\w-]{43}$/),
			nonce: expect.stringMatching(/^[\w-]{43}$/),
			code_challenge: expect.stringMatching(/^[\w-]{43}$/),
			code_challenge_method: 'S256',
		});
	});

	it('ends with the organisation connected, enabled and named on the page', async () => {
		const callback = await hub.consent(await hub.startConnect(), {
			organisation: await organisationName(1),
		});

		const page = await fetch(callback);

		expect(page.status).toBe(200);
		const html = await page.text();
		expect(html).toContain(`<li>${await organisationName(1)} <strong>just connected</strong></li>`);
		expect(await hub.connections.list(hub.workspace.id)).toEqual([
			expect.objectContaining({
				tenantName: await organisationName(1),
				enabled: true,
				status: 'active',
			}),
		]);
	});

	it('lists what was connected before beside what was just chosen', async () => {
		await hub.connect(await organisationName(0));
		const callback = await hub.consent(await hub.startConnect(), {
			organisation: await organisationName(1),
		});

		const html = await (await fetch(callback)).text();

		expect(html).toContain(`<li>${await organisationName(0)}</li>`);
		expect(html).toContain(`<li>${await organisationName(1)} <strong>just connected</strong></li>`);
		const held = await hub.connections.list(hub.workspace.id);
		expect(new Set(held.map(({ grantId }) => grantId)).size).toBe(1);
	});

	it('keeps the id and the switch of an organisation that is connected again', async () => {
		const before = await hub.connect();
		await hub.connections.setEnabled(hub.workspace.id, before.id, false);

		const after = await hub.connect();

		expect(after).toEqual({ ...before, enabled: false });
	});

	it('heals a connection whose consent had ended', async () => {
		const before = await hub.connect();
		await hub.db.updateTable('grants').set({ status: 'reauth_required' }).execute();

		expect(await hub.connect()).toEqual({ ...before, status: 'active' });
	});

	it('shows a page that may load nothing and keep nothing', async () => {
		const page = await fetch(await hub.consent(await hub.startConnect()));

		const html = await page.text();
		expect(page.headers.get('content-security-policy')).toMatch(
			/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/,
		);
		expect(page.headers.get('cache-control')).toBe('no-store');
		expect(page.headers.get('referrer-policy')).toBe('no-referrer');
		expect(html).not.toMatch(/<script|\son\w+=|\sstyle=|src=/i);
		expect(html).toContain('name="viewport"');
	});

	it('keeps no secret of the flow in clear text', async () => {
		const authorizeUrl = new URL(await hub.startConnect());

		const rows = await hub.db.selectFrom('connect_states').selectAll().execute();

		expect(JSON.stringify(rows)).not.toContain(authorizeUrl.searchParams.get('state'));
		expect(rows[0]!.code_verifier).toMatch(/^v1\.k1\./);
	});

	describe('a person is told what to do when', () => {
		const failedPage = async (callback: string) => {
			const page = await fetch(callback);
			return { status: page.status, html: await page.text() };
		};

		afterEach(async () => {
			expect(await hub.connections.list(hub.neighbour.id)).toEqual([]);
		});

		it('they cancelled at Xero', async () => {
			const callback = await hub.consent(await hub.startConnect(), { action: 'cancel' });

			const { status, html } = await failedPage(callback);

			expect(status).toBe(403);
			expect(html).toContain('Access was not given');
			expect(html).toContain('href="http://localhost:8787/connect/acme"');
		});

		it('they open the last page a second time, which connects nothing twice', async () => {
			const callback = await hub.consent(await hub.startConnect());
			await fetch(callback);

			const { status, html } = await failedPage(callback);

			expect(status).toBe(400);
			expect(html).toContain('This step is done already');
		});

		it('two tabs finish at the same moment: one of them wins', async () => {
			const callback = await hub.consent(await hub.startConnect());

			const pages = await Promise.all([failedPage(callback), failedPage(callback)]);

			expect(pages.map(({ status }) => status).sort()).toEqual([200, 400]);
		});

		it('they took longer than ten minutes', async () => {
			const callback = await hub.consent(await hub.startConnect());
			hub.advance(10 * MINUTE);

			const { status, html } = await failedPage(callback);

			expect(status).toBe(400);
			expect(html).toContain('That took too long');
		});

		it('the code is older than five minutes', async () => {
			const callback = await hub.consent(await hub.startConnect());
			hub.advance(6 * MINUTE);

			const { status, html } = await failedPage(callback);

			expect(status).toBe(502);
			expect(html).toContain('older than five minutes');
		});

		it.each(['state=forged&code=abc', 'code=abc', ''])(
			'the callback was not begun here: ?%s',
			async (query) => {
				const { status, html } = await failedPage(`${hub.url}/oauth/callback?${query}`);

				expect(status).toBe(400);
				expect(html).toContain('This link is not valid');
			},
		);

		it('Xero sends an error of its own, quoted but not run', async () => {
			const state = new URL(await hub.startConnect()).searchParams.get('state') ?? '';
			const query = new URLSearchParams({ state, error: '<script>alert(1)</script>' });

			const { status, html } = await failedPage(`${hub.url}/oauth/callback?${query}`);

			expect(status).toBe(502);
			expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
			expect(html).not.toContain('<script>');
		});

		it('the app keys are wrong', async () => {
			const callback = await hub.consent(await hub.startConnect());
			await hub.saveAppKeys({ clientId: hub.app.clientId, clientSecret: 'old' }, hub.workspace.id);

			const { status, html } = await failedPage(callback);

			expect(status).toBe(409);
			expect(html).toContain('Xero does not know this app');
		});

		it("the hub's clock is too far off to accept Xero's answer", async () => {
			await hub.sandbox.advanceClock(12 * 60);
			const callback = await hub.consent(await hub.startConnect());

			const { status, html } = await failedPage(callback);

			expect(status).toBe(503);
			expect(html).toContain('The hub&#39;s clock is 12 minutes behind Xero&#39;s.');
			expect(html).toContain('switching on time synchronisation (NTP)');
			expect(await hub.db.selectFrom('grants').selectAll().execute()).toEqual([]);
		});

		it('Xero is down', async () => {
			const callback = await hub.consent(await hub.startConnect());
			await hub.sandbox.setFaults({ status: { path: '/connect/token', status: 503 } });

			const { status, html } = await failedPage(callback);

			expect(status).toBe(503);
			expect(html).toContain('answered 503');
		});

		it('the organisation was disconnected again at once', async () => {
			const callback = await hub.consent(await hub.startConnect());
			const { organisations } = await hub.sandbox.state();
			await hub.sandbox.setFaults({ disconnectTenant: organisations[0]!.tenantId });

			const { status, html } = await failedPage(callback);

			expect(status).toBe(409);
			expect(html).toContain('No organisation was chosen');
			expect(await hub.db.selectFrom('grants').selectAll().execute()).toEqual([]);
		});

		it('the id token is not for this consent', async () => {
			const callback = await hub.consent(await hub.startConnect());
			await hub.db.updateTable('connect_states').set({ nonce: 'of another consent' }).execute();

			const { status } = await failedPage(callback);

			expect(status).toBe(503);
			expect(await hub.db.selectFrom('grants').selectAll().execute()).toEqual([]);
		});

		it('the workspace has no app keys', async () => {
			const { status, html } = await failedPage(`${hub.url}/connect/neighbour`);

			expect(status).toBe(409);
			expect(html).toContain('has no Xero app keys');
		});

		it('there is no such workspace', async () => {
			const { status, html } = await failedPage(`${hub.url}/connect/nobody`);

			expect(status).toBe(404);
			expect(html).toContain('No such workspace');
		});
	});

	async function organisationName(index: number): Promise<string> {
		return (await hub.sandbox.state()).organisations[index]!.name;
	}
});
