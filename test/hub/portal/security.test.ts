import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { OWNER } from '../../support/portal/portalPerson';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { repositoryRoot } from '../../support/repositoryRoot';
import { payloadOf, signatureOf } from '../../support/signedWebhook';

const TEMPLATES = join(repositoryRoot, 'hub-server/src/portal/templates');

describe('what the portal defends itself with', () => {
	let portal: StartedPortal;

	beforeEach(async () => {
		portal = await startPortal();
	});
	afterEach(() => portal.close());

	it('forbids pages to run or load anything that is not its own file', async () => {
		const owner = await portalOwner(portal);

		for (const path of ['/', '/workspaces/new', '/people', '/audit', '/account', '/nowhere']) {
			const page = await owner.get(path);
			const policy = page.headers.get('content-security-policy') ?? '';
			expect(policy).toContain("default-src 'none'");
			expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
			expect(page.html).not.toMatch(/<style|style="|\son\w+="|javascript:/);
			expect(page.html.match(/<script[^>]*>/g)).toEqual(
				expect.arrayContaining([expect.stringMatching(/src="\/assets\/portal\.js/)]),
			);
			expect(page.headers.get('cache-control')).toBe('no-store');
			expect(page.headers.get('x-frame-options')).toBe('SAMEORIGIN');
		}
	});

	it('escapes what people type', async () => {
		const owner = await portalOwner(portal);
		const name = '<img src=x onerror=alert(1)> & "Co"';

		await owner.submit(await owner.get('/workspaces/new'), '/workspaces', { name, slug: 'co' });

		const page = await owner.get('/w/co');
		expect(page.html).not.toContain('<img src=x');
		expect(page.text).toContain(name);
	});

	it('has templates that put in unescaped only other templates, drawings, and JSON that is escaped value by value', () => {
		for (const file of readdirSync(TEMPLATES)) {
			const raw = readFileSync(join(TEMPLATES, file), 'utf8').match(/<%~[^%]*/g) ?? [];
			expect(
				raw.every((part) => /^<%~ (?:include\(|it\.body |it\.qr |it\.icon\(|it\.tree )/.test(part)),
			).toBe(true);
		}
	});

	it('sets cookies that scripts and other sites cannot use', async () => {
		const owner = await portalOwner(portal);

		for (const cookie of owner.setCookies.filter(
			(line) => !line.includes('Expires=Thu, 01 Jan 1970'),
		))
			expect(cookie).toMatch(/; Path=\/;( Expires=[^;]+;)? HttpOnly; SameSite=Lax$/);
	});

	it('binds its cookies to https and to its own host where it is on https', async () => {
		await portal.close();
		portal = await startPortal({ env: { HUB_PUBLIC_URL: 'https://hub.example.com' } });

		const answer = await fetch(`${portal.hub.hub.url}/sign-in`);

		expect(answer.headers.getSetCookie()).toEqual([
			expect.stringMatching(
				/^__Host-xero_hub_visitor=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
			),
		]);
	});

	it.each([
		['without its token', {}, {}],
		['with a token of another browser', { formToken: 'A'.repeat(43) }, {}],
		['from another site', 'own', { 'sec-fetch-site': 'cross-site' }],
		['from another host of the same site', 'own', { 'sec-fetch-site': 'same-site' }],
	] as const)('refuses a form %s', async (_case, fields, headers) => {
		const owner = await portalOwner(portal);
		const { html } = await owner.get('/workspaces/new');
		const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';
		const sent = fields === 'own' ? { formToken } : fields;

		const page = await owner.post('/workspaces', { name: 'Planted', ...sent }, headers);

		expect(page.status).toBe(403);
		expect(page.text).toContain('nothing was saved');
		expect((await owner.get('/')).text).not.toContain('Planted');
	});

	it('refuses a sign-in that another site sends', async () => {
		await portalOwner(portal);

		const page = await formBrowser(portal.url).post('/sign-in', {
			email: OWNER.email,
			password: OWNER.password,
		});

		expect(page.status).toBe(403);
	});

	it('leaves the addresses of programs alone', async () => {
		const { call } = portal.hub;

		expect((await call('GET', '/healthz')).body).toEqual({ status: 'ok' });
		expect((await call('GET', '/readyz')).status).toBe(200);
		expect((await call('GET', '/metrics')).status).toBe(200);
		expect((await call('GET', '/api/v1/workspaces')).status).toBe(200);
		const unknown = await call('GET', '/api/v2/nothing');
		expect(unknown.status).toBe(404);
		expect(unknown.headers.get('content-type')).toContain('application/problem+json');
		expect((await call('GET', '/connect/nobody', undefined, null)).body).toContain(
			'No such workspace',
		);
	});

	it('never sets a cookie where Xero and n8n call', async () => {
		const owner = await portalOwner(portal);
		await owner.submit(await owner.get('/workspaces/new'), '/workspaces', { name: 'Acme' });
		const { call } = portal.hub;
		const webhookKey = 'webhook-key';
		await call('PUT', '/api/v1/workspaces/acme/app-keys', {
			clientId: 'CLIENT-ID-1',
			clientSecret: 'client-secret-1',
			webhookKey,
		});
		const body = payloadOf();

		const webhook = await fetch(`${portal.hub.hub.url}/webhooks/xero/acme`, {
			method: 'POST',
			headers: {
				'x-xero-signature': signatureOf(body, webhookKey),
				cookie: [...owner.cookies].map((pair) => pair.join('=')).join('; '),
			},
			body,
		});

		expect(webhook.status).toBe(200);
		for (const answer of [
			webhook,
			await call('GET', '/healthz'),
			await call('GET', '/api/v1/workspaces'),
			await call('GET', '/connect/acme', undefined, null),
			await call('GET', '/oauth/callback?state=x', undefined, null),
			await call('GET', '/assets/portal.css', undefined, null),
		]) {
			expect(answer.headers.getSetCookie()).toEqual([]);
		}
	});

	it('sends a browser that came by 127.0.0.1 to the address that Xero knows', async () => {
		const { port } = new URL(portal.url);

		const answer = await fetch(`http://127.0.0.1:${port}/w/acme?x=1`, { redirect: 'manual' });

		expect(answer.headers.get('location')).toBe(`${portal.url}/w/acme?x=1`);
	});

	it('shows a fault of its own as a page without its details', async () => {
		const owner = await portalOwner(portal);

		const page = await owner.post('/workspaces', { name: 'x'.repeat(70_000) });

		expect(page.status).toBe(413);
		expect(page.text).toContain('The form is too long.');
	});
});
