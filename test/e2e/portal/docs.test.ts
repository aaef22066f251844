import type { Browser, Page } from 'playwright-core';
import { eventually } from '../../support/eventually';
import { startBrowser } from '../../support/portal/startBrowser';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const BROWSER_TIMEOUT_MS = 15 * 60_000;

describe("the API's documentation in a browser", () => {
	let browser: Browser;
	let hub: TestHub;
	let page: Page;
	/** What the browser complained about, such as a break of the content security policy. */
	let complaints: string[];
	/** Where it went. */
	let origins: Set<string>;

	beforeAll(async () => {
		[browser, hub] = await Promise.all([startBrowser(), startTestHub()]);
	}, BROWSER_TIMEOUT_MS);
	afterAll(async () => {
		await browser.close();
		await hub.close();
	});

	beforeEach(async () => {
		page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
		page.setDefaultTimeout(20_000);
		complaints = [];
		origins = new Set();
		page.on('pageerror', (error) => complaints.push(error.message));
		page.on('console', (message) => {
			if (message.type() === 'error') complaints.push(message.text());
		});
		page.on('request', (request) => {
			const { protocol, origin } = new URL(request.url());
			// `blob:` and `data:` are made from what is there already.
			if (protocol.startsWith('http')) origins.add(origin);
		});
		await page.goto(`${hub.hub.url}/docs`);
		await page.getByRole('heading', { name: 'Creates a workspace' }).waitFor();
	});
	afterEach(() => page.close());

	it('shows what calls take and answer, and asks nobody but the hub', async () => {
		const call = page.locator('[id$="/operation/putWorkspacesBySlugAppKeys"]');
		const shown = await call.innerText();

		expect(shown).toContain('/api/v1/workspaces/{slug}/app-keys');
		expect(shown).toMatch(/path parameters/i);
		for (const field of ['clientSecret', 'secondWebhookKey', 'scopePreset']) {
			expect(shown).toContain(field);
		}
		expect(shown).toContain('Request samples');
		expect(shown).toContain('Response samples');
		expect(shown).toContain('"clientSecretFingerprint"');
		await page.waitForLoadState('networkidle');
		expect(complaints).toEqual([]);
		expect([...origins]).toEqual([hub.hub.url]);
	});

	it('finds a call by its words', async () => {
		await page.getByPlaceholder('Search').fill('old one signs too');

		const found = page
			.getByRole('search')
			.getByText('A new secret; the old one signs too for a day');
		await found.waitFor();
		await found.click();

		expect(page.url()).toContain('postSubscriptionsByIdRotateSecret');
		expect(complaints).toEqual([]);
	});

	it('notices a page that breaks its policy or asks another host', async () => {
		await page.evaluate(
			`document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.2:9/x' }))`,
		);

		const complaint = await eventually('a complaint', async () => complaints[0]);
		expect(complaint).toContain('Content Security Policy');
	});
});
