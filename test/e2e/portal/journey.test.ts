import type { Browser, BrowserContext, Page } from 'playwright-core';
import { OWNER, portalPerson } from '../../support/portal/portalPerson';
import { startBrowser } from '../../support/portal/startBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';
import { revokeConsent } from '../../support/revokeConsent';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';

const BROWSER_TIMEOUT_MS = 15 * 60_000;

describe('the portal in a browser', () => {
	let browser: Browser;
	let portal: StartedPortal;
	let context: BrowserContext;
	let page: Page;
	/** What the browser complained about, such as a break of the content security policy. */
	let complaints: string[];

	// Where Chromium is missing it is installed first.
	beforeAll(async () => {
		browser = await startBrowser();
	}, BROWSER_TIMEOUT_MS);
	afterAll(() => browser.close());

	beforeEach(async () => {
		portal = await startPortal();
		await open({});
	});
	afterEach(async () => {
		await context.close();
		await portal.close();
	});

	async function open(options: Parameters<Browser['newContext']>[0]) {
		await context?.close();
		context = await browser.newContext(options);
		context.setDefaultTimeout(10_000);
		page = await context.newPage();
		complaints = [];
		page.on('pageerror', (error) => complaints.push(error.message));
		page.on('console', (message) => {
			// A refused form is an answer of 4xx, which Chromium notes as an error.
			const text = message.text();
			if (message.type() === 'error' && !text.startsWith('Failed to load resource')) {
				complaints.push(text);
			}
		});
	}

	/** A workspace that is connected through Xero's page, as its owner does it. */
	async function connected() {
		const owner = portalPerson(page, portal);
		await owner.setUp();
		await owner.createWorkspace('Acme');
		const app = await portal.createApp();
		await owner.saveAppKeys('acme', app);
		await owner.connect('acme');
		return app;
	}

	it('leads from an empty data folder to a connected organisation and its invoices', async () => {
		await connected();

		expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Connected to Xero');
		await page.getByRole('button', { name: 'Save and go on' }).click();
		await page.getByText('Your choice was saved.').waitFor();
		await page.getByRole('link', { name: 'Records' }).click();

		await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor();
		expect(await page.getByRole('row').count()).toBeGreaterThan(10);
		expect(await page.getByRole('rowheader').first().innerText()).toMatch(/^INV-\d+/);
		expect(complaints).toEqual([]);
	});

	it('says what to do when the person says no at Xero', async () => {
		const owner = portalPerson(page, portal);
		await owner.setUp();
		await owner.createWorkspace('Acme');
		await owner.saveAppKeys('acme', await portal.createApp());
		await page.goto(`${portal.url}/w/acme/organisations`);
		await page.getByRole('button', { name: 'Connect to Xero' }).click();

		await page.getByRole('button', { name: 'Cancel' }).click();

		await page.getByText('Access was not given').waitFor();
		await page.getByRole('link', { name: 'Start again' }).click();
		await page.getByRole('heading', { level: 1, name: 'Organisations' }).waitFor();
	});

	it('finishes a consent only in the browser that began it', async () => {
		const owner = portalPerson(page, portal);
		await owner.setUp();
		await owner.createWorkspace('Acme');
		await owner.saveAppKeys('acme', await portal.createApp());
		await page.goto(`${portal.url}/w/acme`);
		await page.getByRole('button', { name: 'Connect to Xero' }).click();
		await page.getByRole('button', { name: 'Allow access' }).waitFor();
		const atXero = page.url();
		await open({});
		await page.goto(atXero);

		await page.getByRole('button', { name: 'Allow access' }).click();

		await page.getByText('This is not the browser that began').waitFor();
	});

	it('searches and turns pages without leaving the page', async () => {
		await connected();
		await page.goto(`${portal.url}/w/acme/records/contacts`);
		const first = await page.getByRole('rowheader').first().innerText();
		await page.evaluate(`document.body.setAttribute('data-kept', '')`);

		await page.getByRole('searchbox').fill(first);
		await page.getByRole('button', { name: 'Search' }).click();

		await page.waitForURL(/q=/);
		await page.getByText('Page 1 · 1 in all').waitFor();
		expect(await page.locator('body[data-kept]').count()).toBe(1);
		expect(complaints).toEqual([]);
	});

	it('shows what happens while the page is open', async () => {
		const receiver: Receiver = await startReceiver();
		try {
			const { webhookKey } = await connected();
			const { call } = portal.hub;
			await call('PATCH', '/api/v1/workspaces/acme', { n8nBaseUrls: [receiver.url] });
			const { key } = (await call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'n8n' }))
				.body;
			const wish = { url: `${receiver.url}/webhook/x`, events: ['*'] };
			await call('POST', '/api/v1/subscriptions', wish, key);
			const { items } = (await call('GET', '/api/v1/connections', undefined, key)).body;
			await page.goto(`${portal.url}/w/acme/activity`);
			await page.getByText('Quiet so far').waitFor();

			const body = payloadOf(xeroEvent({ tenantId: items[0].tenantId }));
			await postWebhook(`${portal.url}/webhooks/xero/acme`, body, signatureOf(body, webhookKey));

			await page.getByRole('listitem').filter({ hasText: 'Event' }).first().waitFor();
			await page.getByRole('listitem').filter({ hasText: 'Delivered' }).waitFor();
			expect(await page.getByText('Quiet so far').isVisible()).toBe(false);
			expect(complaints).toEqual([]);
		} finally {
			await receiver.close();
		}
	});

	it('ticks off Xero’s webhook check while the page is open', async () => {
		const { clientId } = await connected();
		await page.goto(`${portal.url}/w/acme`);
		await page.getByText('3 of 6 steps are done.').waitFor();

		await portal.sandbox.setWebhook(clientId, `${portal.url}/webhooks/xero/acme`);

		await page.getByText('Answered well, last on').waitFor();
	});

	it('tells while the page is open what needs a person, leaves the cursor alone, and is then done', async () => {
		const app = await connected();
		await page.clock.install();
		await page.goto(`${portal.url}/w/acme`);
		const { call } = portal.hub;
		await revokeConsent(portal.sandbox, app);
		await portal.sandbox.setFaults({ expireTokens: true });
		const { body } = await call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'n8n' });
		const { items } = (await call('GET', '/api/v1/connections', undefined, body.key)).body;
		const path = `/api/v1/xero/${items[0].tenantId}/api.xro/2.0/Organisation`;
		const refused = await call('GET', path, undefined, body.key);
		await portal.sandbox.setFaults({});
		const look = async () => {
			const answered = page.waitForResponse(`${portal.url}/w/acme`);
			await page.clock.fastForward(15_000);
			await (await answered).finished();
		};

		await look();
		const needsYou = page.getByRole('region', { name: 'Needs you' });
		await needsYou.getByRole('heading', { name: /authorised again/ }).waitFor();
		await needsYou.getByRole('button', { name: 'Reconnect' }).focus();
		await look();

		expect(refused.body.code).toBe('reauth_required');
		expect(await page.evaluate('document.activeElement.textContent')).toBe('Reconnect');
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Allow access' }).click();
		await page.getByRole('heading', { level: 1, name: 'Connected to Xero' }).waitFor();
		await page.goto(`${portal.url}/w/acme`);
		await page.getByRole('heading', { level: 1, name: 'Acme' }).waitFor();
		expect(await needsYou.count()).toBe(0);
		expect(complaints).toEqual([]);
	});

	it('copies an address, and says so', async () => {
		await open({ permissions: ['clipboard-read', 'clipboard-write'] });
		const owner = portalPerson(page, portal);
		await owner.setUp();
		await owner.createWorkspace('Acme');

		await page.getByRole('button', { name: 'Copy Redirect URI' }).click();

		await page.getByRole('status').filter({ hasText: 'Redirect URI copied' }).waitFor();
		expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
			`${portal.url}/oauth/callback`,
		);
	});

	it('asks before it takes something away', async () => {
		await connected();
		await page.goto(`${portal.url}/w/acme/organisations`);
		const questions: string[] = [];
		page.once('dialog', (dialog) => {
			questions.push(dialog.message());
			void dialog.dismiss();
		});

		await page.getByRole('button', { name: /^Actions for/ }).click();
		await page.getByRole('button', { name: /^Disconnect/ }).click();

		expect(questions).toEqual([
			expect.stringMatching(/^Disconnect .*\? Workflows lose it at once/),
		]);
		expect(await page.getByText('Connected', { exact: true }).count()).toBe(1);
	});

	it('works whole without a script', async () => {
		await open({ javaScriptEnabled: false });
		await connected();
		await page.getByRole('button', { name: 'Save and go on' }).click();
		await page.getByText('Your choice was saved.').waitFor();

		await page.goto(`${portal.url}/w/acme/records/invoices`);
		await page.getByRole('link', { name: 'Next page' }).click();
		await page.getByText('Page 2').waitFor();
		await page.getByRole('searchbox').fill('no such invoice');
		await page.getByRole('button', { name: 'Search' }).click();
		await page.getByText('Nothing matches “no such invoice”').waitFor();
		await page.goto(`${portal.url}/w/acme`);
		expect(await page.getByLabel('Redirect URI').inputValue()).toBe(`${portal.url}/oauth/callback`);
		expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0);
		await page.getByRole('button', { name: 'Sign out' }).click();
		await page.getByText('You are signed out.').waitFor();
	});

	it('can be used with the keyboard alone', async () => {
		await page.goto(portal.setUpLink);
		const press = async (...keys: string[]) => {
			for (const key of keys) await page.keyboard.press(key);
		};
		await press('Tab');
		await page.keyboard.type(OWNER.name);
		await press('Tab');
		await page.keyboard.type(OWNER.email);
		await press('Tab');
		await page.keyboard.type(OWNER.password);
		await press('Enter');
		await page.getByRole('heading', { name: 'Workspaces', exact: true }).waitFor();

		// The first stop of every page skips its navigation.
		await press('Tab', 'Enter', 'Tab');
		expect(await page.evaluate('document.activeElement.textContent')).toBe('New workspace');
		await press('Enter');
		await page.getByRole('heading', { name: 'New workspace' }).waitFor();
		await press('Tab', 'Enter', 'Tab');
		await page.keyboard.type('Acme');
		await press('Enter');

		await page.getByRole('heading', { level: 1, name: 'Acme' }).waitFor();
		const outline = await focusedOutline();
		expect(outline).not.toBe('none');
	});

	/** How the element is marked that the next Tab reaches. */
	async function focusedOutline(): Promise<string> {
		await page.keyboard.press('Tab');
		return page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
	}

	it('puts the cursor into the first field that needs another look, and names its fault', async () => {
		const owner = portalPerson(page, portal);
		await owner.setUp();
		await owner.createWorkspace('Acme');
		const forms: ReadonlyArray<
			readonly [path: string, fill: Readonly<Record<string, string>>, button: string, field: string]
		> = [
			['/workspaces/new', { Name: '' }, 'Create the workspace', 'Name'],
			[
				'/w/acme/app-keys',
				{ 'Client id': 'client id', 'Client secret': 'client-secret' },
				'Save the keys',
				'Client id',
			],
			['/w/acme/app-keys', { 'Client id': 'CLIENT' }, 'Save the keys', 'Client secret'],
			['/w/acme/api-keys', {}, 'Make the key', 'What it is for'],
			['/w/acme/settings', { Name: '' }, 'Save', 'Name'],
			[
				'/w/acme/settings',
				{ 'Type acme to confirm': 'no' },
				'Delete this workspace',
				'Type acme to confirm',
			],
			[
				'/account',
				{ 'Present password': 'x', 'New password': 'short' },
				'Change the password',
				'New password',
			],
		];
		for (const [path, fill, button, field] of forms) {
			await page.goto(portal.url + path);
			for (const [label, value] of Object.entries(fill)) {
				await page.getByLabel(label, { exact: true }).fill(value);
			}
			await page.getByRole('button', { name: button, exact: true }).click();

			const wrong = page.getByLabel(field, { exact: true });
			await page.locator('[aria-invalid="true"]').first().waitFor();
			expect([path, await wrong.getAttribute('aria-invalid')]).toEqual([path, 'true']);
			const focused = await page.evaluate<string>('document.activeElement.id');
			expect([path, focused]).toEqual([path, await wrong.getAttribute('id')]);
			const described = (await wrong.getAttribute('aria-describedby'))?.split(' ').at(-1) ?? '';
			expect(await page.locator(`#${described}`).innerText()).toMatch(/\.$/);
		}
		expect(complaints).toEqual([]);
	});
});
