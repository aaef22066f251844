import type { Browser, BrowserContext, Page } from 'playwright-core';
import { freePort } from '../../support/freePort';
import { startBrowser } from '../../support/portal/startBrowser';
import { OIDC_CLIENT, startOidcServer, type OidcServer } from '../../support/portal/oidcServer';
import { OWNER, portalPerson } from '../../support/portal/portalPerson';
import { formBrowser } from '../../support/portal/formBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const BROWSER_TIMEOUT_MS = 15 * 60_000;
const HOUR = 3600_000;

const NED = { email: 'ned@example.com', email_verified: true, name: 'Ned', groups: ['finance'] };

describe('signing in by OpenID Connect', () => {
	let browser: Browser;
	let server: OidcServer;
	let portal: StartedPortal;
	let context: BrowserContext;
	let page: Page;
	let clock: number;

	beforeAll(async () => {
		browser = await startBrowser();
	}, BROWSER_TIMEOUT_MS);
	afterAll(() => browser.close());

	beforeEach(async () => {
		clock = Date.now();
		const port = await freePort();
		server = await startOidcServer(`http://localhost:${port}/sign-in/oidc/callback`);
		portal = await startPortal({ port, now: () => clock, env: oidcEnv(server.url) });
		await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Acme' });
		await open();
		await portalPerson(page, portal).setUp();
		await page.getByRole('button', { name: 'Sign out' }).click();
	});
	afterEach(async () => {
		await context.close();
		await portal.close();
		await server.close();
	});

	function oidcEnv(issuer: string): Record<string, string> {
		return {
			HUB_OIDC_ISSUER: issuer,
			HUB_OIDC_CLIENT_ID: OIDC_CLIENT.id,
			HUB_OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
			HUB_OIDC_ROLES: '{"admins":"owner","books":"connector","finance":"viewer"}',
			HUB_OIDC_WORKSPACE_ROLES: '{"acme-books":{"acme":"connector"}}',
			HUB_OIDC_NAME: 'Example ID',
		};
	}

	/** A browser that nobody knows, neither here nor at the provider. */
	async function open(): Promise<void> {
		await context?.close();
		context = await browser.newContext();
		context.setDefaultTimeout(10_000);
		page = await context.newPage();
	}

	async function atProvider(account: string): Promise<void> {
		await page.locator('input[name=login]').fill(account);
		await page.locator('input[name=password]').fill('anything');
		await page.locator('button[type=submit]').click();
		const consent = page.getByRole('button', { name: 'Continue' });
		const landed = page.waitForURL(`${portal.url}/**`);
		await Promise.race([landed, consent.waitFor()]);
		if (!page.url().startsWith(portal.url)) await consent.click();
		await landed;
	}

	async function signIn(account: string): Promise<void> {
		await page.goto(`${portal.url}/sign-in`);
		await page.getByRole('link', { name: 'Sign in with Example ID' }).click();
		await atProvider(account);
	}

	it('makes a person with the role of their groups, and follows the groups at each sign-in', async () => {
		await server.setClaims('ned', NED);
		await signIn('ned');
		await page.getByRole('heading', { name: 'Workspaces', exact: true }).waitFor();
		await page.goto(`${portal.url}/account`);
		await page.getByText('ned@example.com · Viewer').waitFor();

		await server.setClaims('ned', {
			...NED,
			groups: ['finance', 'books'],
			email: 'new@example.com',
		});
		await open();
		await signIn('ned');
		await page.goto(`${portal.url}/account`);
		await page.getByText('ned@example.com · Connector').waitFor();
	});

	it('lets a group into the workspaces that are its own, and into no other', async () => {
		await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Beta' });
		await server.setClaims('ned', { ...NED, groups: ['acme-books'] });

		await signIn('ned');

		await page.getByRole('link', { name: 'Acme' }).first().waitFor();
		expect(await page.getByText('Beta').count()).toBe(0);
		expect((await page.goto(`${portal.url}/w/acme/app-keys`))?.status()).toBe(200);
		await page.getByLabel('Client id').waitFor();
		expect((await page.goto(`${portal.url}/w/beta`))?.status()).toBe(404);
	});

	it('refuses in words who is in no group, and takes what they saw away, everywhere', async () => {
		await server.setClaims('ned', { ...NED, groups: ['admins'] });
		await signIn('ned');
		const first = context;
		const inside = page;
		await inside.goto(`${portal.url}/people`);
		context = await browser.newContext();
		context.setDefaultTimeout(10_000);
		page = await context.newPage();

		await server.setClaims('ned', { ...NED, groups: ['others'] });
		await signIn('ned');

		await page.getByText('You are in no group that may use this hub.').waitFor();
		await inside.goto(`${portal.url}/people`);
		expect(inside.url()).toContain('/sign-in');
		await first.close();
	});

	it('never makes somebody a person who is here by an address that nobody has verified', async () => {
		const claims = { ...NED, email: OWNER.email, groups: ['admins'] };
		await server.setClaims('mallory', { ...claims, email_verified: false });
		await signIn('mallory');
		await page.getByText('does not vouch that it is you').waitFor();
		expect((await page.goto(`${portal.url}/`))?.url()).toContain('/sign-in');

		await server.setClaims('owner', { ...claims, email_verified: true });
		await open();
		await signIn('owner');

		await page.goto(`${portal.url}/account`);
		await page.getByText('owner@example.com · Owner').waitFor();
	});

	it('asks the provider anew who it is, before keys are made', async () => {
		await server.setClaims('ned', { ...NED, groups: ['admins'] });
		await signIn('ned');
		clock += 10 * 60_000;
		const make = async () => {
			await page.goto(`${portal.url}/w/acme/api-keys`);
			await page.getByLabel('What it is for').fill('n8n');
			await page.getByRole('button', { name: 'Make the key' }).click();
		};
		await make();
		await page.getByRole('link', { name: 'Confirm with Example ID' }).waitFor();
		// The provider's clock is the machine's: it says when the person typed the password.
		clock = Date.now();
		await page.getByRole('link', { name: 'Confirm with Example ID' }).click();
		await atProvider('ned');
		clock += 9 * 60_000;
		await make();

		await page.getByRole('heading', { name: 'Copy the key now' }).waitFor();
	});

	it('ends the session after eight hours, however busy it is', async () => {
		await server.setClaims('ned', NED);
		await signIn('ned');
		clock += 8 * HOUR - 60_000;
		await page.goto(`${portal.url}/account`);
		expect(page.url()).toContain('/account');

		clock += 60_000;
		await page.goto(`${portal.url}/account`);

		expect(page.url()).toContain('/sign-in');
	});

	it('takes an answer once, and in the browser only that asked', async () => {
		await server.setClaims('ned', NED);
		let callback = '';
		const cdp = await context.newCDPSession(page);
		// Held back at the last moment: it has been used by nobody yet.
		cdp.on('Fetch.requestPaused', ({ requestId, request }) => {
			callback = request.url;
			void cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 200 });
		});
		await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*/sign-in/oidc/callback*' }] });
		await signIn('ned');
		const { pathname, search } = new URL(callback);

		const thief = await formBrowser(portal.url).get(pathname + search);
		await cdp.send('Fetch.disable');
		await page.goto(callback);

		expect(thief.status).toBe(400);
		expect(thief.text).toContain('began in another browser');
		expect(page.url()).toBe(`${portal.url}/`);
		expect((await page.goto(callback))?.status()).toBe(400);
	});

	it('can be the only way in besides passkeys', async () => {
		await portal.close();
		portal = await startPortal({
			port: Number(new URL(portal.url).port),
			env: { ...oidcEnv(server.url), HUB_PASSWORD_SIGN_IN: 'off' },
		});
		await open();
		await portalPerson(page, portal).setUp();
		await page.getByRole('button', { name: 'Sign out' }).click();
		await page.getByRole('link', { name: 'Sign in with Example ID' }).waitFor();
		expect(await page.getByLabel('Password').count()).toBe(0);
		const stranger = formBrowser(portal.url);
		const { html } = await stranger.get('/sign-in');
		const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';

		const refused = await stranger.post('/sign-in', { formToken, ...OWNER });

		expect(refused.status).toBe(403);
		expect(refused.text).toContain('This hub takes no passwords.');
	});
});
